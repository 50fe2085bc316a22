"""When a document is marked as concept or voorbeeld, and with which words."""

from dataclasses import replace

import pytest

from pipeline.core.document.marks import is_concept, merk, open_bevindingen
from pipeline.core.document.meta import Controle

SCHOON = Controle("sommen", "block", "De som van de gemeenten is het land", 0)
BEVINDING = Controle("aangekondigd", "warn", "De som is gelijk aan het aangekondigde aantal", 1)
AANVAARD = replace(BEVINDING, aanvaard="Zevenaar is vrijgesteld")


@pytest.mark.parametrize(
    ("controles", "gepubliceerd", "concept"),
    [
        ((SCHOON,), True, False),
        ((SCHOON,), False, True),
        ((), False, True),
        ((SCHOON, BEVINDING), True, True),
        ((SCHOON, AANVAARD), True, False),
        ((SCHOON, AANVAARD), False, True),
        ((AANVAARD, BEVINDING), True, True),
        ((replace(SCHOON, aanvaard="een andere controle"), BEVINDING), True, True),
    ],
)
def test_concept_tot_gepubliceerd_en_alle_bevindingen_met_reden_aanvaard(
    controles: tuple[Controle, ...], gepubliceerd: bool, concept: bool
) -> None:
    assert is_concept(controles, gepubliceerd=gepubliceerd) is concept


def test_open_bevindingen_bij_naam() -> None:
    assert open_bevindingen((SCHOON, BEVINDING)) == ("aangekondigd",)
    assert open_bevindingen((SCHOON, AANVAARD)) == ()


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
