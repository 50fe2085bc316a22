"""Explaining one figure of an edition: what it means, how it came about, and the rows behind it.

`evidence.py` knows the rows or the formula of every figure (sql/bewijs), `areas.py` which area a name means,
`origin.py` the tables, files and corrections on the way; `explain.py` puts it together.
"""
