"""What may be known outside of breakdowns of persons: which cells they are, how they are rounded, what can be undone.

Belongs here: the declaration of the cells and their sums (`sql/openbaar`), controlled rounding, the attack on it, and a
warehouse whose figures are rounded. Not here: the folder and the files of the openbaar edition (public_edition.py).
"""
