"""The voorbeeldlevering: generated persons around a real (or generated) table of municipalities.

Belongs here: everything that makes up persons, their koppelingen, afmeldingen and the files of a demonstration
delivery. Not here: reading or judging a delivery (core/intake); nothing outside this package may learn from it what a
definition is. The entrance is `generator.make_sample`; `leveringen/` holds what is real and shipped as it was
published.

The rooms, in the order in which a delivery is made: `geography` and `tables` (what is given), `ledger` (cells become
households), `stock` (who is in the opvang), `relatives` (nareis), `people` (persons, numbers), `disagreements` (where
municipalities differ), then the files: `coa_files`, `ind_files`, `municipal_files`, `national_files`, `readme`.
"""
