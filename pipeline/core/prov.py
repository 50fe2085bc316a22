"""The way from delivered files to the files of an edition as a document in PROV-JSON (W3C, PROV-DM).

Belongs here: the words of PROV. Not here: what is told (lineage.py).

Entities are files, tables, the texts of SQL (a plan) and the edition; activities are intake, reading what is shipped or
was published, each SQL file, and writing; agents are the program with its version and the organisations that delivered.
No person is among them and no time: who ran it and when stand in the logbook, and an edition has the same bytes
whoever makes it. The files that carry this document or are made after it are named without a hash, which the manifest
has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pipeline.core.manifest import MANIFEST, Code
from pipeline.core.reference import files_behind

_PREFIX = {"voortgang": "urn:voortgang:", "prov": "http://www.w3.org/ns/prov#"}
_HASH, _BYTES, _ROWS = "voortgang:sha256", "voortgang:bytes", "voortgang:rijen"
# What makes the tables that no SQL file makes, by their schema.
_READERS = {
    "levering": ("inname", "Inname van de levering"),
    "referentie": ("referentie", "Meegeleverde openbare gegevens lezen"),
    "eerder": ("eerder", "Gepubliceerde edities van eerdere halfjaren lezen"),
    "herziening": ("herziening", "Vergelijken met de gepubliceerde editie van dit halfjaar"),
    "invoer": ("keuzes", "De keuzes van de run vastleggen"),
}
_WRITING = ("uitvoer", "De bestanden van de editie schrijven")


@dataclass(frozen=True)
class Herkomst:
    """What the document tells of one edition (`editie`: half-year and number), as rows of names, hashes and sizes.

    `modellen` have `naam`, `sha256`, `leest` and `rijen`; `uitvoer` are facts by path; `later` are paths without any.
    """

    editie: str
    code: Code
    bestanden: Sequence[Mapping[str, Any]]
    correcties: Sequence[Mapping[str, Any]]
    eerder: Sequence[Mapping[str, Any]]
    referentie: Sequence[Mapping[str, Any]]
    modellen: Sequence[Mapping[str, Any]]
    uitvoer: Mapping[str, Mapping[str, Any]]
    later: Sequence[str]


def prov_document(herkomst: Herkomst) -> dict[str, Any]:
    """The document, each section in a fixed order; the same edition gives the same content."""
    document = _Document()
    program = _name("programma", f"voortgang-{herkomst.code.versie}")
    document.put(
        "agent",
        program,
        {
            "prov:type": _word("prov:SoftwareAgent"),
            "prov:label": "Voortgang",
            "voortgang:versie": herkomst.code.versie,
            _HASH: herkomst.code.sha256,
            **({"voortgang:commit": herkomst.code.commit} if herkomst.code.commit else {}),
        },
    )
    _delivered(document, herkomst)
    _tables(document, herkomst, program)
    _written(document, herkomst, program)
    return document.as_dict()


class _Document:
    """The sections as they fill: records by id, relations by number."""

    def __init__(self) -> None:
        self._records: dict[str, dict[str, dict[str, Any]]] = {"entity": {}, "activity": {}, "agent": {}}
        self._relations: dict[str, list[dict[str, Any]]] = {}

    def put(self, kind: str, name: str, facts: Mapping[str, Any]) -> str:
        """A record; what is known of one stays."""
        self._records[kind].setdefault(name, dict(facts))
        return name

    def names(self, kind: str) -> tuple[str, ...]:
        """The records of a kind so far."""
        return tuple(self._records[kind])

    def relate(self, kind: str, **parts: str) -> None:
        self._relations.setdefault(kind, []).append({f"prov:{part}": name for part, name in parts.items()})

    def as_dict(self) -> dict[str, Any]:
        relations = {
            kind: {f"_:{kind}{number}": relation for number, relation in enumerate(found, 1)}
            for kind, found in sorted(self._relations.items())
        }
        return {"prefix": _PREFIX, **self._records, **relations}


def _name(kind: str, name: str) -> str:
    """A qualified name: what a file may be called and a local name may not is written with %."""
    return f"voortgang:{kind}/{quote(name, safe='/._-')}"


def _word(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _delivered(document: _Document, herkomst: Herkomst) -> None:
    """The files that came from outside, and from whom; what was read of what was shipped or published."""
    intake = _activity(document, *_READERS["levering"])
    for file in herkomst.bestanden:
        facts = {_HASH: file["sha256"] or "", _BYTES: file["bytes"], "voortgang:extract": file["extract"]}
        entity = document.put(
            "entity", _name("bestand", file["bestand"]), {key: facts[key] for key in facts if facts[key]}
        )
        deliverer = document.put(
            "agent",
            _name("leverancier", file["leverancier"]),
            {"prov:type": _word("prov:Organization"), "prov:label": file["leverancier"]},
        )
        document.relate("wasAttributedTo", entity=entity, agent=deliverer)
        document.relate("used", activity=intake, entity=entity)
    for bron, sha256 in sorted({(row["bron"], row["bron_sha256"]) for row in herkomst.correcties}):
        entity = document.put(
            "entity", _name("bestand", bron), {_HASH: sha256, "prov:label": "Correcties op de levering"}
        )
        document.relate("used", activity=intake, entity=entity)
    for file in herkomst.referentie:
        document.put("entity", _name("referentie", file["naam"]), {_HASH: file["sha256"]})
    if herkomst.eerder:
        reading = _activity(document, *_READERS["eerder"])
        for file in herkomst.eerder:
            path = f"{file['periode']}/{file['editie']}/{file['bestand']}"
            entity = document.put("entity", _name("editie", path), {_HASH: file["sha256"]})
            document.relate("used", activity=reading, entity=entity)


def _tables(document: _Document, herkomst: Herkomst, program: str) -> None:
    """Each table with the step that made it: a SQL file as plan, or one of the readers."""
    made = {str(model["naam"]): model for model in herkomst.modellen}
    for name in sorted({read for model in herkomst.modellen for read in model["leest"]} - made.keys()):
        schema, table = name.split(".")
        activity = _activity(document, *_READERS[schema])
        entity = document.put("entity", _name("tabel", name), {})
        document.relate("wasGeneratedBy", entity=entity, activity=activity)
        for file in files_behind(table) if schema == "referentie" else ():
            document.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=_name("referentie", file))
    for activity in document.names("activity"):
        document.relate("wasAssociatedWith", activity=activity, agent=program)
    for name, model in made.items():
        plan = document.put("entity", _name("sql", name), {"prov:type": _word("prov:Plan"), _HASH: model["sha256"]})
        activity = _activity(document, f"stap/{name}")
        document.relate("wasAssociatedWith", activity=activity, agent=program, plan=plan)
        for read in model["leest"]:
            document.relate("used", activity=activity, entity=_name("tabel", read))
        entity = document.put("entity", _name("tabel", name), {_ROWS: model["rijen"]} if "rijen" in model else {})
        document.relate("wasGeneratedBy", entity=entity, activity=activity)


def _written(document: _Document, herkomst: Herkomst, program: str) -> None:
    """The edition as a collection of its files, and of which table a file is."""
    writing = _activity(document, *_WRITING)
    document.relate("wasAssociatedWith", activity=writing, agent=program)
    edition = document.put("entity", _name("editie", herkomst.editie), {"prov:type": _word("prov:Collection")})
    document.relate("wasAttributedTo", entity=edition, agent=program)
    tables = {str(model["naam"]) for model in herkomst.modellen}
    tables |= {read for model in herkomst.modellen for read in model["leest"]}
    used: dict[str, None] = {}
    for path in sorted({*herkomst.uitvoer, *herkomst.later}):
        facts = herkomst.uitvoer.get(path)
        known = {_BYTES: facts["bytes"], _HASH: facts["sha256"]} if facts else {"voortgang:sha256_staat_in": MANIFEST}
        entity = document.put("entity", _name("editie", f"{herkomst.editie}/{path}"), known)
        document.relate("wasGeneratedBy", entity=entity, activity=writing)
        document.relate("hadMember", collection=edition, entity=entity)
        if (table := _table_of(path)) in tables:
            used[table] = None
            document.relate("wasDerivedFrom", generatedEntity=entity, usedEntity=_name("tabel", table))
    for table in used:
        document.relate("used", activity=writing, entity=_name("tabel", table))


def _table_of(path: str) -> str:
    """The table of which a file of an edition is the copy; '' for one made of more."""
    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    if suffix == "parquet":
        return stem if "." in stem else f"levering.{stem}"
    if suffix != "csv":
        return ""
    known = {"cijfers": "report.cijfers", "definities": "report.definities", "afkeur": "levering.afkeur"}
    return known.get(stem, f"report.tabel_{stem}" if folder == "tabellen" else "")


def _activity(document: _Document, name: str, label: str = "") -> str:
    return document.put("activity", _name("activiteit", name), {"prov:label": label} if label else {})
