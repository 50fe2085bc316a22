"""`make bench`: the whole run beside bare WeasyPrint (document.py), then intake.py, tables.py and sheets.py."""

from tests.bench import document, intake, sheets, tables

if __name__ == "__main__":
    document.measure()
    intake.measure_municipal()
    intake.measure_large(intake.ROWS)
    tables.measure()
    sheets.measure()
