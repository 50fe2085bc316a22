"""When the files came: per extract the first and the last date of what lay there, and nothing that is not known."""

import os
from dataclasses import replace
from pathlib import Path

import duckdb

from pipeline.core.intake.received import received, store_received
from pipeline.core.intake.sources import Bron

DAY = 86_400


def test_the_dates_of_the_files_that_were_read(tmp_path: Path) -> None:
    with duckdb.connect() as con:
        con.execute("create schema invoer; create schema levering")
        assert received(con) == {}
        con.execute(
            "create table levering.herkomst as select * from (values ('a.csv', 'gemeenten'), ('b.csv', 'gemeenten'), "
            "('c.csv', 'coa'), ('weg.csv', 'ind')) as files (bestand, extract)"
        )
        for day, name in enumerate(("a.csv", "b.csv", "c.csv")):
            (tmp_path / name).write_bytes(b"x")
            os.utime(tmp_path / name, (0, day * DAY))
        source = Bron(tmp_path, "/een/adres", tijdelijk=False)
        store_received(con, source)
        assert received(con) == {
            "adres": "/een/adres",
            "bestanden_van": {
                "coa": ["1970-01-03T00:00:00+00:00", "1970-01-03T00:00:00+00:00"],
                "gemeenten": ["1970-01-01T00:00:00+00:00", "1970-01-02T00:00:00+00:00"],
            },
        }
        store_received(con, replace(source, tijdelijk=True))
        assert received(con) == {"adres": "/een/adres", "bestanden_van": {}}
        con.execute("delete from levering.herkomst")
        store_received(con, source)
        assert received(con) == {"adres": "", "bestanden_van": {}}
