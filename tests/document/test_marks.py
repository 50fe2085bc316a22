"""When a document is marked as concept or voorbeeld, and with which words."""

from dataclasses import replace

import pytest

from pipeline.core.document.marks import is_concept, merk, open_bevindingen
from pipeline.core.document.meta import Controle
from pipeline.core.document.render import _uitkomst
from pipeline.core.lineage import by_fives

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
    ("waarom", "woorden"),
    [
        ({"concept", "voorbeeld"}, "Concept, voorbeeld met verzonnen personen"),
        ({"concept"}, "Concept"),
        ({"voorbeeld"}, "Voorbeeld met verzonnen personen"),
        ({"intern"}, "Intern"),
        ({"concept", "intern", "voorbeeld"}, "Concept, intern, voorbeeld met verzonnen personen"),
        ({"openbaar"}, "Afgerond op vijftallen"),
        (set(), ""),
    ],
)
def test_woorden_van_het_merk(waarom: set[str], woorden: str) -> None:
    due = {name: name in waarom for name in ("concept", "voorbeeld", "intern", "openbaar")}
    assert merk(**due) == woorden


@pytest.mark.parametrize(
    ("gevonden", "intern", "openbaar"),
    [
        (0, "geen bevindingen", "geen bevindingen"),
        (1, "gevonden: 1", "gevonden: minder dan 8"),
        (5, "gevonden: 5", "gevonden: minder dan 8"),
        (7, "gevonden: 7", "gevonden: minder dan 8"),
        (8, "gevonden: 8", "gevonden: 10, afgerond op vijftallen"),
        (1_044, "gevonden: 1.044", "gevonden: 1.045, afgerond op vijftallen"),
    ],
)
def test_what_a_check_found_is_true_in_both_editions(gevonden: int, intern: str, openbaar: str) -> None:
    """An openbaar edition counts by fives: it may not say that one finding is five."""
    assert _uitkomst(replace(SCHOON, gevonden=gevonden), openbaar=False) == intern
    assert _uitkomst(replace(SCHOON, gevonden=by_fives(gevonden)), openbaar=True) == openbaar
