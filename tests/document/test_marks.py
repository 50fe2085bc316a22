"""When a document is marked as concept or voorbeeld, and with which words."""

import pytest

from pipeline.core.document.marks import is_concept, merk, open_bevindingen
from pipeline.core.document.meta import Controle

SCHOON = Controle("sommen", "block", "De som van de gemeenten is het land", 0)
BEVINDING = Controle("aangekondigd", "warn", "De som is gelijk aan het aangekondigde aantal", 1)


@pytest.mark.parametrize(
    ("controles", "aanvaard", "gepubliceerd", "concept"),
    [
        ((SCHOON,), {}, True, False),
        ((SCHOON,), {}, False, True),
        ((), {}, False, True),
        ((SCHOON, BEVINDING), {}, True, True),
        ((SCHOON, BEVINDING), {"aangekondigd": "Zevenaar is vrijgesteld"}, True, False),
        ((SCHOON, BEVINDING), {"aangekondigd": "Zevenaar is vrijgesteld"}, False, True),
        ((SCHOON, BEVINDING), {"aangekondigd": " "}, True, True),
        ((SCHOON, BEVINDING), {"sommen": "een andere controle"}, True, True),
    ],
)
def test_concept_tot_gepubliceerd_en_alle_bevindingen_met_reden_aanvaard(
    controles: tuple[Controle, ...], aanvaard: dict[str, str], gepubliceerd: bool, concept: bool
) -> None:
    assert is_concept(controles, aanvaard, gepubliceerd=gepubliceerd) is concept


def test_open_bevindingen_bij_naam() -> None:
    assert open_bevindingen((SCHOON, BEVINDING), {}) == ("aangekondigd",)
    assert open_bevindingen((SCHOON, BEVINDING), {"aangekondigd": "reden"}) == ()


@pytest.mark.parametrize(
    ("concept", "voorbeeld", "woorden"),
    [
        (True, True, "Concept, voorbeeld met verzonnen personen"),
        (True, False, "Concept"),
        (False, True, "Voorbeeld met verzonnen personen"),
        (False, False, ""),
    ],
)
def test_woorden_van_het_merk(concept: bool, voorbeeld: bool, woorden: str) -> None:
    assert merk(concept=concept, voorbeeld=voorbeeld) == woorden
