"""The lineage as PROV-JSON: a library of the standard reads it, and every name in it leads somewhere."""

import json
from dataclasses import replace
from typing import Any

import prov.model
import pytest

from pipeline.core.manifest import Code
from pipeline.core.prov import Herkomst, prov_document

HASH = "a" * 64
HERKOMST = Herkomst(
    editie="2016-I/3",
    code=Code("0.1.0", "c" * 40, HASH),
    bestanden=[
        {
            "bestand": "coa/lijst (1) van één.csv",
            "extract": "coa_personen",
            "leverancier": "COA",
            "sha256": HASH,
            "bytes": 9,
        },
        {
            "bestand": "gemeenten/GM0106.csv",
            "extract": "gemeenten_huisvesting",
            "leverancier": "Gemeente 's-X",
            "sha256": None,
            "bytes": 0,
        },
    ],
    correcties=[{"bron": "correcties.toml", "bron_sha256": HASH}] * 2,
    eerder=[{"periode": "2015-II", "editie": 2, "bestand": "cijfers.csv", "sha256": HASH}],
    referentie=[{"naam": "indeling/gemeenten_2014_2025.csv", "sha256": HASH}],
    modellen=[
        {
            "naam": "staging.personen",
            "sha256": HASH,
            "leest": ["levering.coa_personen", "invoer.parameters"],
            "rijen": 4,
        },
        {"naam": "report.cijfers", "sha256": HASH, "leest": ["staging.personen", "referentie.gemeenten"], "rijen": 2},
    ],
    uitvoer={
        "cijfers.csv": {"bytes": 5, "sha256": HASH},
        "bronnen/coa_personen.parquet": {"bytes": 7, "sha256": HASH},
    },
    later=("herkomst.json", "rapport.pdf"),
)


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return prov_document(HERKOMST)


def test_the_library_of_the_standard_reads_all_of_it(document: dict[str, Any]) -> None:
    read = prov.model.ProvDocument.deserialize(content=json.dumps(document), format="json")
    records = list(read.get_records())
    kinds = {section: len(content) for section, content in document.items() if section != "prefix"}
    assert len(records) == sum(kinds.values())
    agents = {str(one.identifier): one for one in read.get_records(prov.model.ProvAgent)}
    program = agents["voortgang:programma/voortgang-0.1.0"]
    assert {str(kind) for kind in program.get_asserted_types()} == {"prov:SoftwareAgent"}
    others = [one for name, one in agents.items() if "leverancier" in name]
    assert [{str(kind) for kind in one.get_asserted_types()} for one in others] == [{"prov:Organization"}] * 2
    # Read and written again it says the same.
    again = prov.model.ProvDocument.deserialize(content=read.serialize(format="json"), format="json")
    assert again == read


def test_every_name_is_one_of_the_document(document: dict[str, Any]) -> None:
    kinds = {
        "prov:entity": "entity", "prov:generatedEntity": "entity", "prov:usedEntity": "entity", "prov:plan": "entity",
        "prov:collection": "entity", "prov:activity": "activity", "prov:agent": "agent",
    }  # fmt: skip
    relations = [
        one
        for section in document.keys() - {"prefix", "entity", "activity", "agent"}
        for one in document[section].values()
    ]
    assert relations
    for relation in relations:
        for part, name in relation.items():
            assert name in document[kinds[part]], (part, name)


def test_who_did_and_delivered_what(document: dict[str, Any]) -> None:
    program = "voortgang:programma/voortgang-0.1.0"
    assert document["agent"][program]["voortgang:commit"] == "c" * 40
    done = {one["prov:activity"]: one["prov:agent"] for one in document["wasAssociatedWith"].values()}
    assert done == dict.fromkeys(document["activity"], program)
    from_whom = {one["prov:entity"]: one["prov:agent"] for one in document["wasAttributedTo"].values()}
    assert from_whom == {
        "voortgang:bestand/coa/lijst%20%281%29%20van%20%C3%A9%C3%A9n.csv": "voortgang:leverancier/COA",
        "voortgang:bestand/gemeenten/GM0106.csv": "voortgang:leverancier/Gemeente%20%27s-X",
        "voortgang:editie/2016-I/3": program,
    }


def test_the_files_of_the_edition_are_entities_with_their_hash(document: dict[str, Any]) -> None:
    files = {name: facts for name, facts in document["entity"].items() if name.startswith("voortgang:editie/2016-I/3/")}
    assert {name.rpartition("/")[2]: facts.get("voortgang:sha256") for name, facts in files.items()} == {
        "cijfers.csv": HASH, "coa_personen.parquet": HASH, "herkomst.json": None, "rapport.pdf": None,
    }  # fmt: skip
    assert {one["prov:entity"] for one in document["hadMember"].values()} == files.keys()
    assert {one["prov:entity"] for one in document["wasGeneratedBy"].values()} >= files.keys()
    way = {one["prov:generatedEntity"]: one["prov:usedEntity"] for one in document["wasDerivedFrom"].values()}
    assert way["voortgang:editie/2016-I/3/cijfers.csv"] == "voortgang:tabel/report.cijfers"
    assert way["voortgang:editie/2016-I/3/bronnen/coa_personen.parquet"] == "voortgang:tabel/levering.coa_personen"
    assert way["voortgang:tabel/referentie.gemeenten"] == "voortgang:referentie/indeling/gemeenten_2014_2025.csv"


def test_every_sql_file_is_the_plan_of_its_step(document: dict[str, Any]) -> None:
    plans = {
        one["prov:activity"]: one["prov:plan"] for one in document["wasAssociatedWith"].values() if "prov:plan" in one
    }
    assert plans == {
        f"voortgang:activiteit/stap/{name}": f"voortgang:sql/{name}" for name in ("staging.personen", "report.cijfers")
    }
    assert document["entity"]["voortgang:sql/report.cijfers"]["prov:type"]["$"] == "prov:Plan"


def test_without_a_checkout_there_is_no_commit() -> None:
    document = prov_document(replace(HERKOMST, code=Code("0.1.0", None, HASH)))
    assert "voortgang:commit" not in document["agent"]["voortgang:programma/voortgang-0.1.0"]
