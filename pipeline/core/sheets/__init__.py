"""The sheets of the municipalities: one page each, from the register of a finished edition.

Belongs here: reading that edition, comparing municipalities, making the sheets and their bundle, placing and proving
them. Not here: how a sheet looks (document/sheet.py, report_templates/gemeenteblad), the figures (sql/gemeentebladen).
"""
