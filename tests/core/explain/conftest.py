"""A small edition to explain: the real overview, twelve persons in the opvang, one correction; without a document."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

import duckdb
import pytest

from pipeline.core.config import Instellingen, make_run, store_delivery, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.edition_store import note
from pipeline.core.editions import Besluit, export_tables
from pipeline.core.frozen import freeze_all, frozen_warehouse
from pipeline.core.house import package_path
from pipeline.core.intake.pseudonyms import KEY_VARIABLE
from pipeline.core.intake.takein import take_in
from pipeline.core.manifest import code_identity, package_versions, sha256_file, system_versions, write_manifest
from pipeline.core.periods import Periode
from pipeline.core.reference import load_reference, reference_files
from pipeline.core.unchanged import MARK, made_from
from pipeline.core.warehouse import build_all, prepare

PERIODE = Periode(2016, 1)
PERSONEN = "V-nummer;Huishouden;Geboortejaar;Nationaliteit;Categorie;Datum vergunning;Instroom opvang;Opvanglocatie;"
KOPPELINGEN = (
    "Koppeling;V-nummer;Gemeente;Datum koppeling;Einde koppeling;Reden einde;Datum aanbod;Weigering;Datum weigering;"
    "Huurcontract;Informatieprofiel;Koppelingsgrond;Arbeidsmarktscreening;Datum screening;Reden vertraging"
)
CORRECTIE = """
[[correctie]]
extract = "coa_koppelingen"
waar = { koppeling_id = "K00000003" }
actie = "wijzig"
kolom = "gemeentecode"
nieuw = "Amsterdam"
verwacht = { waarde = "Amstelveen", rijen = 1 }
reden = "Verkeerde gemeente gekozen; bevestigd door het COA"
gemeld_op = 2016-07-12
status = "toegezegd"
"""


def write_delivery(folder: Path) -> None:
    """Twelve persons with a permit in the opvang, nine of them with a koppeling, one with an afmelding."""
    shutil.copytree(package_path("sample", "leveringen", "2016-I"), folder)
    persons = [
        f"V{1000000000 + n};H{n // 2};19{70 + n};Syrische;asiel;01-10-2015;01-06-2015;azc;Ede;azc;;" for n in range(12)
    ]
    (folder / "coa" / "personen.csv").write_text(
        "\n".join((f"{PERSONEN}Gemeente opvang;Opvangvorm;Vertrek;Reden vertrek", *persons, "")), encoding="utf-8"
    )
    links = [
        f"K{n:08};V{1000000000 + n};{place};{day};;;;;;;;geen;nee;;"
        for n, (place, day) in enumerate(
            [*[("Amsterdam", "01-02-2016")] * 3, ("Amstelveen", "01-02-2016"), *[("Amsterdam", "01-06-2016")] * 4]
        )
    ]
    links.append("K00000008;V1000000008;Ede;01-02-2016;;;;;;;;geen;nee;;")
    (folder / "coa" / "koppelingen.csv").write_text("\n".join((KOPPELINGEN, *links, "")), encoding="utf-8")
    ledger = "Afmelding;V-nummer;Gemeente;Datum;Aantal;Soort;Corrigeert\nA1;V1000000011;Ede;15-03-2016;1;regulier;\n"
    (folder / "coa" / "afmeldingen.csv").write_text(ledger, encoding="utf-8")
    (folder / "correcties.toml").write_text(CORRECTIE, encoding="utf-8")


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1 of 2016-I, as its makers write it but for the documents."""
    place = tmp_path_factory.mktemp("verklaar")
    write_delivery(place / "levering")
    return edition_of(place / "levering", place / "output")


def edition_of(delivery: Path, output: Path) -> Path:
    """The folder `output` with edition 1 of a delivery of 2016-I, without documents."""
    folder = output / str(PERIODE) / "edities" / "1"
    folder.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as con:
        patch.setitem(os.environ, KEY_VARIABLE, hashlib.sha256(b"proef").hexdigest())
        prepare(con)
        run = make_run(Instellingen(data=output, output=output), PERIODE, str(delivery), None)
        store_parameters(con, run)
        load_reference(con)
        load_earlier(con, output, PERIODE)
        taken = take_in(con, str(delivery), PERIODE, output, run.briefdatum)
        store_delivery(con, voorbeeld=taken.voorbeeld)
        build_all(con)
        freeze_all(con, folder)
        export_tables(con, folder)
        made = made_from(con, run)
    manifest = {
        "editie": 1,
        "besluit": Besluit(1).as_dict(),
        "parameters": {"periode": str(PERIODE), "peildatum": "2016-07-01", "briefdatum": "2016-09-29"},
        "code": asdict(code_identity()),
        "pakketten": package_versions(),
        "systeem": system_versions(),
        "referentie": [{"naam": file.naam, "sha256": file.sha256} for file in reference_files()],
        "controles": [],
    }
    written = write_manifest(folder, manifest)
    note(output, PERIODE, {"editie": 1, "manifest_sha256": sha256_file(written), MARK: made, "run": "r1"})
    return output


@pytest.fixture(scope="session")
def opened(output: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of that edition, made once."""
    with frozen_warehouse(output / str(PERIODE) / "edities" / "1") as con:
        yield con


@pytest.fixture
def once(output: Path, opened: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The output folder; its edition is not opened anew for every question."""
    monkeypatch.setattr("pipeline.core.explain.explain.frozen_warehouse", lambda _: nullcontext(opened))
    return output
