"""Where every figure comes from: delivered files, corrections, SQL and tables, as one document for people and programs.

Belongs here: `herkomst.json`. Not here: the manifest, which adds the hashes of what was written (manifest.py). The PDF
carries this document within itself, so it cannot name the PDF's own hash.

The part `prov` is a document in PROV-JSON (W3C, PROV-DM): files and tables are entities, intake and each SQL file are
activities.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.manifest import code_identity, sha256_file
from pipeline.core.sqlfiles import SqlFile, load_models, macros_hash
from pipeline.core.warehouse import row_count

if TYPE_CHECKING:
    import duckdb

LINEAGE = "herkomst.json"
_PREFIX = {"voortgang": "urn:voortgang:", "prov": "http://www.w3.org/ns/prov#"}
_INTAKE = "voortgang:inname"


def sql_hashes() -> dict[str, str]:
    """SHA-256 of the text of every SQL file that makes a table, by name, and of all macros together."""
    return {"macros": macros_hash(), **{model.name: model.sha256 for model in load_models()}}


def write_lineage(con: "duckdb.DuckDBPyConnection", folder: Path, parameters: dict[str, Any], editie: int) -> None:
    """Write `herkomst.json` into the folder of an edition; the same edition gives the same bytes."""
    files = _rows(
        con,
        "select bestand, extract, leverancier, sha256, bytes, rijen_behouden, rijen_geweigerd from levering.herkomst "
        "order by bestand",
    )
    models = load_models()
    content = {
        "periode": parameters["periode"],
        "peildatum": str(parameters["peildatum"]),
        "editie": editie,
        "code": vars(code_identity()),
        "invoer": files,
        "eerder": _rows(con, "select * from eerder.edities order by all"),
        "correcties": _rows(con, "select * from report.correcties order by all"),
        "sql": [_model(con, model) for model in models],
        "cijfers": {
            "bestand": "cijfers.csv",
            "sha256": sha256_file(folder / "cijfers.csv"),
            "aantal": row_count(con, "report.cijfers"),
        },
        "prov": _prov(files, models),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (folder / LINEAGE).write_text(text + "\n", encoding="utf-8")


def _rows(con: "duckdb.DuckDBPyConnection", query: str) -> list[dict[str, Any]]:
    cursor = con.execute(query)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _model(con: "duckdb.DuckDBPyConnection", model: SqlFile) -> dict[str, Any]:
    return {
        "naam": model.name,
        "sha256": model.sha256,
        "wat": model.header.get("what", ""),
        "leest": list(model.reads),
        "rijen": row_count(con, model.name),
    }


def _prov(files: list[dict[str, Any]], models: tuple[SqlFile, ...]) -> dict[str, Any]:
    tables = {name for model in models for name in (model.name, *model.reads)}
    inputs = sorted(name for name in tables if name not in {model.name for model in models})
    used = [(_INTAKE, f"voortgang:bestand/{file['bestand']}") for file in files]
    made = [(f"voortgang:tabel/{name}", _INTAKE) for name in inputs if name.startswith("levering.")]
    for model in models:
        used += [(f"voortgang:sql/{model.name}", f"voortgang:tabel/{name}") for name in model.reads]
        made.append((f"voortgang:tabel/{model.name}", f"voortgang:sql/{model.name}"))
    return {
        "prefix": _PREFIX,
        "entity": {
            **{f"voortgang:bestand/{file['bestand']}": {"voortgang:sha256": file["sha256"]} for file in files},
            **{f"voortgang:tabel/{name}": {} for name in sorted(tables)},
        },
        "activity": {
            _INTAKE: {},
            **{f"voortgang:sql/{model.name}": {"voortgang:sha256": model.sha256} for model in models},
        },
        "used": {
            f"_:u{number}": {"prov:activity": activity, "prov:entity": entity}
            for number, (activity, entity) in enumerate(used)
        },
        "wasGeneratedBy": {
            f"_:g{number}": {"prov:entity": entity, "prov:activity": activity}
            for number, (entity, activity) in enumerate(made)
        },
    }
