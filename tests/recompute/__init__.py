"""The independent recomputation: every metric a second time, in plain Python, on random small populations.

Belongs here: what the definitions say (DOMAIN, report.definities_*), without SQL and from the definitions alone:
`known` (what had happened at the peildatum), `account` (municipalities, both books), `shelter`, `waiting`, `sources`.
The random populations stand in `population`, the half-years and municipalities in which they live in `worlds`;
`warehouse` lets the SQL calculate over the same rows. Not here: invariants, worked cases (tests/scenarios).

Where the two differ one of them is wrong; the definition decides which.
"""
