"""What is told of a failed run names check, file and remedy, and nothing that was delivered."""

import pytest

from pipeline.core.errors import BezetFout, ControleFout, GebruiksFout
from pipeline.core.failures import MOST, safe, told
from pipeline.core.intake.corrections import CorrectieFout
from pipeline.core.intake.findings import Bevinding, Ernst, LeveringGeweigerd

NUMBER, PSEUDONYM = "V9990001234", "3f" * 32


def _finding(ernst: Ernst = Ernst.GEWEIGERD, file: str = "coa/personen.csv", rule: str = "datum") -> Bevinding:
    return Bevinding(
        bestand=file,
        reden=f"'{NUMBER}' van Jansen is geen datum.",
        herstel="Schrijf jjjj-mm-dd.",
        ernst=ernst,
        controle=rule,
        regel=7,
        kolom="geboren",
        waarde="Jansen",
    )


def test_a_refused_delivery_is_told_per_file_and_rule() -> None:
    remark = _finding(Ernst.OPMERKING, rule="bom")
    found = told(LeveringGeweigerd("geweigerd", (_finding(), _finding(), _finding(file="ind/nareis.csv"), remark)))
    assert found == (
        "coa/personen.csv: datum (2 keer). Schrijf jjjj-mm-dd.",
        "ind/nareis.csv: datum (1 keer). Schrijf jjjj-mm-dd.",
    )


def test_a_blocking_check_is_told_without_its_rows() -> None:
    rows = ("- Som klopt: niet waar (1 keer)", f"    persoon {PSEUDONYM}, naam Jansen")
    found = told(ControleFout("tegengehouden", rows, ("som (tabel report.cijfers): Som klopt - niet waar (1 keer)",)))
    assert found == ("som (tabel report.cijfers): Som klopt - niet waar (1 keer)",)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            CorrectieFout(f"correctie 3: er staat 'Jansen' bij {NUMBER}"),
            "correcties.toml: een correctie is niet toe te",
        ),
        (BezetFout("een andere run werkt al aan 2016-I"), "een andere run werkt al aan 2016-I"),
        (GebruiksFout("geen levering voor 2016-II\ntweede regel"), "geen levering voor 2016-II"),
        (OSError(28, "No space left on device", "/srv/output/x"), "de schijf is vol (/srv/output/x); maak ruimte"),
        (KeyError(f"Jansen {NUMBER}"), "onverwachte fout (KeyError)"),
    ],
)
def test_other_errors(error: Exception, line: str) -> None:
    (found,) = told(error)
    assert found.startswith(line)
    assert "Jansen" not in found and NUMBER not in found and "tweede" not in found


def test_v_numbers_and_pseudonyms_never_pass() -> None:
    text = safe(f"bestand {NUMBER}.csv van 2016-07-01, persoon {PSEUDONYM}")
    assert NUMBER not in text and PSEUDONYM not in text and "2016-07-01" in text
    assert len(safe("x" * 1000)) == 300


def test_many_lines_are_counted() -> None:
    found = told(LeveringGeweigerd("x", tuple(_finding(file=f"gemeenten/GM{n:04}.csv") for n in range(MOST + 5))))
    assert len(found) == MOST + 1 and found[-1] == "en nog 5 bevindingen."
