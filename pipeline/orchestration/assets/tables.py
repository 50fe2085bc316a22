"""One asset per SQL file, one step per layer, with its checks; made from the files, nothing is declared twice."""

import hashlib
import time
from collections.abc import Iterator

import dagster as dg

from pipeline.core.document.warmup import load_typesetting
from pipeline.core.progress import Melder
from pipeline.core.sqlfiles import LAYERS, Check, SqlFile, load_checks, load_models, macros_hash
from pipeline.core.warehouse import CheckResult, build_table, run_check, tell_table
from pipeline.orchestration.assets.keys import TEAM, asset_key
from pipeline.orchestration.metadata import description, table_metadata
from pipeline.orchestration.partitions import HALFJAREN
from pipeline.orchestration.resources import Warehouse

_SEVERITY = {"block": dg.AssetCheckSeverity.ERROR, "warn": dg.AssetCheckSeverity.WARN}


def _code_version(model: SqlFile) -> str:
    """Hash of the file and of all macros, so that the UI shows what a change touches."""
    return hashlib.sha256(f"{model.sql}\n{macros_hash()}".encode()).hexdigest()[:12]


def _spec(model: SqlFile) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=asset_key(model.name),
        deps=sorted({asset_key(table) for table in model.reads}),
        description=description(model),
        group_name=model.layer,
        kinds={"duckdb", "sql"},
        owners=[TEAM],
        code_version=_code_version(model),
        partitions_def=HALFJAREN,
    )


def check_spec(check: Check) -> dg.AssetCheckSpec:
    """The check as Dagster lists it.

    Not `blocking`: Dagster would stop at the first layer and only within one run. The edition evaluates all blocking
    checks itself and names every one that fails.
    """
    return dg.AssetCheckSpec(
        name=check.name,
        asset=asset_key(check.table),
        description=f"{check.title}. ({'houdt de editie tegen' if check.severity == 'block' else 'waarschuwing'})",
        metadata={"sql": dg.MetadataValue.md(f"```sql\n{check.file.sql}\n```")},
    )


def check_result(result: CheckResult) -> dg.AssetCheckResult:
    """The outcome with its first offending rows."""
    return dg.AssetCheckResult(
        asset_key=asset_key(result.check.table),
        check_name=result.check.name,
        passed=result.passed,
        severity=_SEVERITY[result.check.severity],
        metadata={"gevonden": result.offending, "voorbeelden": "\n".join(result.examples)},
    )


def checks_of(layer: str) -> tuple[Check, ...]:
    """The checks on the tables of one schema."""
    return tuple(check for check in load_checks() if check.table.split(".")[0] == layer)


def layer_assets(layer: str) -> dg.AssetsDefinition:
    """All tables of one layer as one step that can be run in part."""
    models = tuple(model for model in load_models() if model.layer == layer)
    checks = checks_of(layer)

    @dg.multi_asset(
        name=layer,
        specs=[_spec(model) for model in models],
        check_specs=[check_spec(check) for check in checks],
        can_subset=True,
    )
    def build(
        context: dg.AssetExecutionContext, warehouse: Warehouse, melder: dg.ResourceParam[Melder]
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
        load_typesetting()
        for model in models:
            key = asset_key(model.name)
            if key not in context.selected_asset_keys:
                continue
            tell_table(melder, model)
            started = time.perf_counter()
            rows = build_table(warehouse.sealed, model)
            seconds = time.perf_counter() - started
            yield dg.MaterializeResult(
                asset_key=key, metadata=table_metadata(warehouse.sealed, model.name, rows, seconds)
            )
        for check in checks:
            if check_spec(check).key in context.selected_asset_check_keys:
                yield check_result(run_check(warehouse.sealed, check))

    return build


def table_assets() -> list[dg.AssetsDefinition]:
    """The layers staging, metrics and report."""
    return [layer_assets(layer) for layer in LAYERS]
