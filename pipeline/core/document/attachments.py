"""The data that a report carries within itself: its register of figures and its tables, as files in the PDF.

Belongs here: which files of an edition go along, what they are to the document, and in which words. Not here: embedding
them (pdf.py), writing them (editions.py). A new file of the edition that readers of the PDF need gets a line here.
"""

from pathlib import Path

from pipeline.core.document.pdf import Bijlage

# File of the edition: what it is to the document (PDF/A-3: Data is what the pages show, Supplement explains it), and
# its description for the reader. Breakdowns of persons are not among them: such a table leaves the house only once its
# cells are rounded in a controlled way.
MEE: dict[str, tuple[str, str]] = {
    "cijfers.csv": ("Data", "alle cijfers van deze rapportage: het cijferregister"),
    "herkomst.json": ("Supplement", "waar alles vandaan komt: bestanden, correcties, SQL en tabellen"),
    "tabellen/definities.csv": ("Supplement", "naam, eenheid, definitie, bron en grondslag van elk cijfer"),
    "tabellen/gemeenten.csv": ("Data", "taakstelling, realisatie en saldo per gemeente"),
    "tabellen/gebieden.csv": ("Data", "taakstelling, realisatie en saldo van land, provincies en arbeidsmarktregio’s"),
    "tabellen/realisatie_per_maand.csv": ("Data", "realisatie per gemeente en maand"),
    "tabellen/boekhouding_per_halfjaar.csv": ("Data", "wat per gemeente openstaat, per halfjaar geboekt"),
    "tabellen/verdeling.csv": ("Data", "de bekendgemaakte taakstelling naast de twee controles, per gemeente"),
    "tabellen/saldo_overdracht.csv": (
        "Data",
        "het saldo aan het begin per gemeente: geleverd, gepubliceerd en gebruikt",
    ),
    "tabellen/herzieningen.csv": ("Data", "elk cijfer dat anders is dan in de gepubliceerde editie, met de oorzaken"),
    "tabellen/nagekomen.csv": ("Data", "nagekomen afmeldingen per gepubliceerd halfjaar en gemeente"),
    "tabellen/toezicht.csv": ("Data", "achterstand in opeenvolgende halfjaren en toezicht, per gemeente"),
    "tabellen/vooruitblik.csv": ("Data", "prognose, aankondiging en uitkomst per halfjaar"),
    "tabellen/reeks.csv": ("Data", "de landelijke kerncijfers door de halfjaren heen"),
}


def bijlagen(editie: Path) -> tuple[Bijlage, ...]:
    """The files in the folder of an edition that its PDF carries, by name; those that it does not have are left out."""
    gevonden = (
        Bijlage(Path(naam).name, (editie / naam).read_bytes(), omschrijving, relatie)
        for naam, (relatie, omschrijving) in MEE.items()
        if (editie / naam).is_file()
    )
    return tuple(sorted(gevonden, key=lambda bijlage: bijlage.naam))
