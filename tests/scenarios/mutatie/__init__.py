"""A mutation run over the SQL: every rule is bent, and a scenario or truth table must notice.

`python -m tests.scenarios.mutatie [part of a name of a model or macro]` makes the mutants from the SQL (`mutants`),
builds each in the warehouse of the scenarios that build its model (`run`), and names those that nobody noticed. What
can never be noticed stands in `gelijkwaardig.csv` with the reason; a line there that is noticed, or names no mutant, is
named too.
Not part of the tests: a run takes minutes.
"""
