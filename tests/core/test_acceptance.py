"""Which findings can be accepted, and what is said of a choice that cannot be."""

import pytest

from pipeline.core.acceptance import LONGEST_REASON, check_acceptances, read_acceptances
from pipeline.core.errors import GebruiksFout
from pipeline.orchestration.resources import Keuzes

GOOD = "gemeld bij de provincie"


def test_names_in_order_with_their_reasons_in_single_spaces() -> None:
    """The order of the options changes nothing in the edition."""
    texts = ["taakstelling_aangekondigd= Zevenaar  is\nvrijgesteld ", f" regio_onbekend ={GOOD}, want 1 = 1"]
    expected = {"regio_onbekend": f"{GOOD}, want 1 = 1", "taakstelling_aangekondigd": "Zevenaar is vrijgesteld"}
    for given in (texts, texts[::-1]):
        assert list(read_acceptances(given).items()) == list(expected.items())
    assert read_acceptances([]) == {}


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["regio_onbekend"], "is geen CONTROLE=REDEN"),
        ([f"regio_onbekent={GOOD}"], "geen controle 'regio_onbekent'; bedoelt u regio_onbekend?"),
        ([f"zomaar iets={GOOD}"], "bedoelt u afmelding_meer_dan_een, "),
        ([f"={GOOD}"], "geen controle ''"),
        (["regio_onbekend="], "de reden om regio_onbekend te aanvaarden ontbreekt"),
        (["regio_onbekend=  "], "ontbreekt"),
        (["regio_onbekend=-"], "ontbreekt"),
        (["regio_onbekend=1."], "ontbreekt"),
        ([f"regio_onbekend={'lang ' * LONGEST_REASON}"], f"zeg het in ten hoogste {LONGEST_REASON}"),
        (["regio_onbekend=V1234567890 is verhuisd"], "een nummer dat een V-nummer kan zijn"),
        ([f"sommen_gebieden={GOOD}"], "houdt de editie tegen en is niet te aanvaarden"),
        ([f"regio_onbekend={GOOD}", f"regio_onbekend={GOOD}"], "twee keer"),
    ],
)
def test_what_cannot_be_accepted_is_refused_with_what_to_do(texts: list[str], told: str) -> None:
    with pytest.raises(GebruiksFout) as refused:
        read_acceptances(texts)
    assert told in str(refused.value)
    assert "1234567890" not in str(refused.value)


def test_a_blocking_check_is_never_suggested() -> None:
    with pytest.raises(GebruiksFout) as refused:
        check_acceptances({"sommen_gebiedn": GOOD})
    assert "sommen_gebieden" not in str(refused.value)


def test_the_web_interface_has_the_same_choice_and_the_same_judge() -> None:
    assert Keuzes(aanvaard={"regio_onbekend": f" {GOOD}"}).accepted() == {"regio_onbekend": GOOD}
    assert Keuzes().accepted() == {}
    with pytest.raises(GebruiksFout, match="niet te aanvaarden"):
        Keuzes(aanvaard={"sommen_gebieden": GOOD}).accepted()
