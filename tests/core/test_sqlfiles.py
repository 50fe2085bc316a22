"""The SQL files: dependencies from the parse, headers, order, and the house rules that a lint can see."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from pipeline.core.house import house_path
from pipeline.core.intake.intake import EXTRACTS
from pipeline.core.sqlfiles import LAYERS, SqlBestandFout, load_checks, load_macros, load_models

MODELS = load_models()
# Each of these gives other rows or other sums from run to run, or from version to version (measured; see the
# architecture section).
FORBIDDEN_FUNCTIONS = {
    "now",
    "random",
    "current_date",
    "current_timestamp",
    "today",
    "first",
    "any_value",
    "arbitrary",
    "uuid",
    "gen_random_uuid",
    "approx_quantile",
    "approx_count_distinct",
}


def _write(root: Path, name: str, sql: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(sql, encoding="utf-8")


def test_every_model_stands_after_what_it_reads() -> None:
    seen: set[str] = set()
    for model in MODELS:
        assert {read for read in model.reads if read.split(".")[0] in LAYERS} <= seen
        seen.add(model.name)


def test_reads_come_from_the_sql() -> None:
    reads = {model.name: model.reads for model in MODELS}
    assert reads["staging.saldo_begin"] == ("levering.coa_overzicht", "staging.eerder_totaal")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_header_says_what_and_grain(model: object) -> None:
    header = model.header  # type: ignore[attr-defined]
    assert header.get("what") and header.get("grain")


def test_only_staging_has_views_and_no_other_form_is_known() -> None:
    """Figures are stored: what a check has seen is what the report prints."""
    forms = {model.name: model.header["form"] for model in MODELS if "form" in model.header}
    assert set(forms.values()) == {"view"}
    assert {name for name in forms if not name.startswith("staging.")} == set()
    assert {model.name for model in MODELS if model.is_view} == forms.keys()


@pytest.mark.parametrize("check", load_checks(), ids=lambda check: check.name)
def test_check_says_what_and_why_and_its_table_exists(check: object) -> None:
    assert check.file.header.get("what") and check.file.header.get("why")  # type: ignore[attr-defined]
    tables = {model.name for model in MODELS} | {f"levering.{name}" for name in EXTRACTS}
    assert check.table in tables  # type: ignore[attr-defined]


ALL_SQL = sorted(path for path in house_path("sql").glob("*/*.sql"))


@pytest.mark.parametrize("path", ALL_SQL, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_lint(path: Path) -> None:
    sql = path.read_text(encoding="utf-8")
    (statement,) = sqlglot.parse(sql, read="duckdb")
    assert statement is not None
    functions = {
        (node.sql_name() if not isinstance(node, exp.Anonymous) else node.name).lower()
        for node in statement.find_all(exp.Func)
    }
    assert functions & FORBIDDEN_FUNCTIONS == set()
    assert "asof" not in sql.lower()
    if path.stem not in ("deel", "quotient"):
        assert not list(statement.find_all(exp.Div, exp.IntDiv)) or path.stem == "artikel_29", (
            "division only in a macro with nullif"
        )
    for line in sql.splitlines():
        assert len(line) <= 140 or path.stem.startswith("definities"), line
        assert "\t" not in line


def test_lint_sees_what_it_must(tmp_path: Path) -> None:
    statement = sqlglot.parse_one("select first(x), a / b from t", read="duckdb")
    assert list(statement.find_all(exp.Div))
    assert any(
        (node.sql_name() if not isinstance(node, exp.Anonymous) else node.name).lower() in FORBIDDEN_FUNCTIONS
        for node in statement.find_all(exp.Func)
    )


def test_report_tables_are_ordered() -> None:
    for model in MODELS:
        if model.layer == "report":
            assert "order by" in model.sql.rsplit(")", 1)[-1] or "order by" in model.sql.split("from")[-1], model.name


def test_a_cycle_is_named(tmp_path: Path) -> None:
    _write(tmp_path, "staging/a.sql", "select * from staging.b")
    _write(tmp_path, "staging/b.sql", "select * from staging.a")
    with pytest.raises(SqlBestandFout, match="kringverwijzing"):
        load_models(tmp_path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    _write(tmp_path, "metrics/a.sql", "select * from staging.weg")
    with pytest.raises(SqlBestandFout, match=r"metrics.a leest staging.weg"):
        load_models(tmp_path)


def test_two_statements_are_refused(tmp_path: Path) -> None:
    _write(tmp_path, "staging/a.sql", "select 1; select 2")
    with pytest.raises(SqlBestandFout, match="één select"):
        load_models(tmp_path)


def test_something_else_than_a_select_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "staging/a.sql", "drop table x")
    with pytest.raises(SqlBestandFout, match=r"a\.sql"):
        load_models(tmp_path)


def test_a_check_without_severity_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, "checks/a.sql", "-- titel: x\nselect 1")
    with pytest.raises(SqlBestandFout, match="severity"):
        load_checks(tmp_path)


def test_what_a_check_is_held_against_is_a_table(tmp_path: Path) -> None:
    _write(tmp_path, "checks/a.sql", "-- severity: warn\n-- tabel: x.y\n-- titel: x\n-- tegen: read_csv('x')\nselect 1")
    with pytest.raises(SqlBestandFout, match="wil buiten de eigen tabellen"):
        load_checks(tmp_path)


def test_macros_stand_after_the_macros_they_use() -> None:
    names = [name for name, _ in load_macros()]
    assert names.index("quotient") < names.index("procent") < names.index("realisatie_percentage")


def test_the_hash_of_the_macros_is_the_same_in_every_process() -> None:
    """It is part of the stamp of each table: with another one, the tables of a run look stale to the next process."""
    ask = "from pipeline.core.sqlfiles import macros_hash; print(macros_hash())"
    told = {
        subprocess.run(
            [sys.executable, "-c", ask], env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(told) == 1
