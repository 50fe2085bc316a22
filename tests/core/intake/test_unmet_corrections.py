"""A correction that meets no file of a delivery stops it, and says what to write instead."""

from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake.corrections import CorrectieFout
from tests.core.intake.deliveries import delivery, lay, said

CORRECTION = """
[[correctie]]
extract = "gemeenten_huisvesting"
waar = {{ {place}persoon = "V9990000901" }}
actie = "verwijder"
verwacht = {{ rijen = 1 }}
reden = "Dubbel gemeld door de gemeente"
gemeld_op = 2016-07-12
status = "toegezegd"
"""


def test_a_list_is_named(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    folder = lay(tmp_path, delivery(3))
    toml = folder / "correcties.toml"
    toml.write_text(CORRECTION.format(place=""), encoding="utf-8")
    with pytest.raises(CorrectieFout) as caught:
        said(con, folder)
    assert caught.value.regels == (
        "correcties.toml, correctie 1: van extract 'gemeenten_huisvesting' zijn er 2 bestanden; noem in waar om welk "
        "bestand het gaat, zoals bestand = 'gemeenten/GM0106.csv'.",
    )
    toml.write_text(CORRECTION.format(place="bestand = 'gemeenten/GM0114.csv', "), encoding="utf-8")
    said(con, folder)
    done = con.execute("select waar, rijen from levering.correcties").fetchall()
    assert done == [("bestand = gemeenten/GM0114.csv; persoon = V999…", 1)]
