"""Comparing editions: which figures differ, by how much, and what made them differ.

Belongs here: the walk from the sources of one edition to those of another (walk.py, sources.py), which rows are what
(rows.py; under which number: renumbered.py), what must be said with it (findings.py), two half-years (halfyears.py),
the outcome (outcome.py) and the comparison of a run with the published edition of its half-year (revision.py). Not
here: any figure (sql/), how the outcome is printed (cli_compare.py). The effects are computed by
sql/report/herzieningen.sql.

The order is fixed, since causes that touch the same figure share its difference by it:

1. register      the shipped list of municipalities and herindelingen, where that alone of the program differs
2. definitie     SQL, reference data, norms and choices of today on the sources of the old edition
3. eerder        what the published editions of earlier half-years said, on which this half-year builds
4. correcties    rows of the old delivery that are gone or say something else now, and what correcties.toml did
5. nagekomen     rows that are new, and cells that were empty
6. herindeling   the delivered shares and parts of divided municipalities

Another number of a row that is the same otherwise comes before the corrections and moves no figure; where it does, that
is said. After the last step the sources are those of the new edition; what its figures still differ is definitie too:
other code made them than works today. So the effects add up to the difference, whatever happened.
"""
