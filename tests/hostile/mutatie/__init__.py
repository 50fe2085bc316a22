"""Mutation runs: each rule is switched off, and the hostile test that guards it must then fail.

`python -m tests.hostile.mutatie [part of a name of a room or rule]` prints every mutant with killed or SURVIVED, and
ends with code 1 when one survives or a place to switch off is no longer found. Rooms: shapes (spreadsheets, zips), text
(bytes, lines, heads, values, names), persons (corrections, pseudonyms, the fast way), contracts (generated from the
contracts themselves). Not part of the tests: a run takes minutes.
"""
