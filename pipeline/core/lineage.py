"""Where every figure comes from: delivered files, corrections, SQL and tables, as one document for people and programs.

Belongs here: `herkomst.json`. Not here: the manifest, which adds the hashes of what was written (manifest.py). The PDF
carries this document within itself, so it cannot name the PDF's own hash.

The part `prov` is a document in PROV-JSON (prov.py).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.manifest import Code, output_hashes, sha256_file
from pipeline.core.prov import Herkomst, prov_document
from pipeline.core.reference import reference_files
from pipeline.core.sqlfiles import SqlFile, load_models, macros_hash
from pipeline.core.warehouse import row_count

if TYPE_CHECKING:
    import duckdb

LINEAGE = "herkomst.json"


def sql_hashes() -> dict[str, str]:
    """SHA-256 of the text of every SQL file that makes a table, by name, and of all macros together."""
    return {"macros": macros_hash(), **{model.name: model.sha256 for model in load_models()}}


def by_fives(rows: int) -> int:
    """A number of rows as an openbaar edition says it: the nearest multiple of five, and five when there are some."""
    return max((rows + 2) // 5 * 5, 5 if rows else 0)


def delivered_files(con: "duckdb.DuckDBPyConnection", *, openbaar: bool = False) -> list[dict[str, Any]]:
    """Every delivered file by name: extract, deliverer, hash, size, physical lines, and the rows that were read, kept,
    rejected, and recognised as a line of totals. When it came is not among them: that differs per machine.
    With `openbaar` the rows are given by fives and the size by kilobytes, which would tell them too.
    """
    files = _rows(
        con,
        "select bestand, extract, leverancier, sha256, bytes, regels, rijen_gelezen, rijen_behouden, rijen_geweigerd, "
        "totaalregels from levering.herkomst order by bestand, extract",
    )
    if not openbaar:
        return files
    return [{**file, "bytes": by_fives(file["bytes"] // 200) * 200, **_by_fives(file)} for file in files]


def _by_fives(file: dict[str, Any]) -> dict[str, int]:
    counts = ("regels", "rijen_gelezen", "rijen_behouden", "rijen_geweigerd", "totaalregels")
    return {name: by_fives(file[name]) for name in counts if file[name] is not None}


def applied_corrections(con: "duckdb.DuckDBPyConnection") -> list[dict[str, Any]]:
    """The corrections as they were applied, each with its place and hash in the list of corrections; days as text."""
    rows = _rows(con, "select * from report.correcties order by volgnummer")
    return [{**row, "gemeld_op": str(row["gemeld_op"])} for row in rows]


def write_lineage(
    con: "duckdb.DuckDBPyConnection",
    folder: Path,
    parameters: dict[str, Any],
    editie: int,
    code: Code,
    later: Sequence[str] = (),
    *,
    openbaar: bool = False,
) -> None:
    """Write `herkomst.json` into the folder of an edition; the same edition gives the same bytes.

    `later`: names of the files that are made after it and so cannot be named with their hash.
    With `openbaar` numbers of rows of files are given by fives, those of tables not at all: some count persons.
    """
    files = delivered_files(con, openbaar=openbaar)
    corrections = applied_corrections(con)
    earlier = _rows(con, "select * from eerder.edities order by all")
    models = [
        {**_model(model), **({} if openbaar else {"rijen": row_count(con, model.name)})} for model in load_models()
    ]
    content = {
        "periode": parameters["periode"],
        "peildatum": str(parameters["peildatum"]),
        "editie": editie,
        "code": asdict(code),
        "invoer": files,
        "eerder": earlier,
        "correcties": corrections,
        "sql": models,
        "cijfers": {
            "bestand": "cijfers.csv",
            "sha256": sha256_file(folder / "cijfers.csv"),
            "aantal": row_count(con, "report.cijfers"),
        },
        "prov": prov_document(
            Herkomst(
                editie=f"{parameters['periode']}/{editie}",
                code=code,
                bestanden=files,
                correcties=corrections,
                eerder=earlier,
                referentie=[{"naam": file.naam, "sha256": file.sha256} for file in reference_files()],
                modellen=models,
                uitvoer=output_hashes(folder),
                later=tuple(later),
            )
        ),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (folder / LINEAGE).write_text(text + "\n", encoding="utf-8")


def _rows(con: "duckdb.DuckDBPyConnection", query: str) -> list[dict[str, Any]]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _model(model: SqlFile) -> dict[str, Any]:
    return {
        "naam": model.name,
        "sha256": model.sha256,
        "wat": model.header.get("what", ""),
        "leest": list(model.reads),
    }
