"""What comes in: parameters of the run, shipped reference data, earlier editions, the extracts of the delivery."""

import re
import time
from collections.abc import Iterator

import dagster as dg

from pipeline.core.compare.revision import load_revision
from pipeline.core.config import delivery_of, store_delivery, store_parameters
from pipeline.core.earlier import load_earlier
from pipeline.core.editions import place_rejects
from pipeline.core.intake.contracts import CONTRACTS, load_contract
from pipeline.core.intake.findings import LeveringGeweigerd
from pipeline.core.intake.intake import EXTRACTS
from pipeline.core.intake.takein import take_in
from pipeline.core.progress import Melder
from pipeline.core.reference import load_reference, reference_files
from pipeline.core.rejects import told
from pipeline.core.warehouse import row_count, run_check, stamp_input
from pipeline.orchestration.assets.keys import EERDER, HERZIENING, NORMEN, PARAMETERS, REFERENTIE, TEAM, asset_key
from pipeline.orchestration.assets.tables import check_result, check_spec, checks_of
from pipeline.orchestration.metadata import table_metadata
from pipeline.orchestration.partitions import HALFJAREN, periode_of
from pipeline.orchestration.resources import Keuzes, Warehouse

_GROUP = "invoer"


def _deliverer(extract: str) -> str:
    """Whoever delivers an extract, as an owner; of what intake itself counts it is our own team."""
    if extract not in CONTRACTS:
        return TEAM
    return f"team:{re.sub(r'[^A-Za-z0-9]+', '-', load_contract(extract).deliverer).strip('-')}"


def _input(key: dg.AssetKey, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        key,
        group_name=_GROUP,
        owners=[TEAM],
        kinds={"duckdb"},
        partitions_def=HALFJAREN,
        description=description,
    )


@dg.multi_asset(
    name="basis",
    specs=[
        _input(PARAMETERS, "Keuzes van deze run: halfjaar, peildatum, briefdatum, aanvaarde bevindingen."),
        _input(NORMEN, "Hoe lang iets mag duren, en sinds wanneer: de meegeleverde normen of die van de instellingen."),
        _input(REFERENTIE, "Meegeleverde openbare gegevens van CBS, Kadaster, BZK en het Rijk."),
        _input(EERDER, "Cijfers uit de gepubliceerde edities van eerdere halfjaren."),
    ],
)
def basis(
    context: dg.AssetExecutionContext, warehouse: Warehouse, keuzes: Keuzes
) -> Iterator[dg.MaterializeResult[None]]:
    """Parameters, reference data and the earlier editions into the warehouse."""
    periode = periode_of(context.partition_key)
    run = keuzes.run(periode)
    # Refused at the start rather than when everything has been made.
    accepted = keuzes.accepted()
    store_parameters(warehouse.con, run)
    stamp_input(warehouse.con, "invoer.parameters", "invoer.normen", "referentie", "eerder")
    yield dg.MaterializeResult(
        asset_key=PARAMETERS,
        metadata={
            "peildatum": run.peildatum.isoformat(),
            "briefdatum": run.briefdatum.isoformat(),
            **{f"aanvaard: {name}": reason for name, reason in accepted.items()},
        },
    )
    yield dg.MaterializeResult(
        asset_key=NORMEN,
        metadata={f"{norm.klok} vanaf {norm.geldig_vanaf}": f"{norm.weken} weken" for norm in run.normen},
    )
    load_reference(warehouse.con)
    yield dg.MaterializeResult(asset_key=REFERENTIE, metadata={"bestanden": len(reference_files())})
    editions = {
        f"{file.periode} editie {file.editie}"
        for file in load_earlier(warehouse.con, keuzes.settings().output, periode)
    }
    yield dg.MaterializeResult(
        asset_key=EERDER, metadata={"edities": ", ".join(sorted(editions)) or "geen gepubliceerde editie"}
    )


@dg.multi_asset(
    name="intake",
    specs=[
        dg.AssetSpec(
            asset_key(f"levering.{name}"),
            deps=[PARAMETERS, REFERENTIE],
            group_name="levering",
            owners=[_deliverer(name)],
            kinds={"csv", "duckdb"},
            partitions_def=HALFJAREN,
            description=description,
        )
        for name, description in EXTRACTS.items()
    ],
    check_specs=[check_spec(check) for check in checks_of("levering")],
)
def intake(
    context: dg.AssetExecutionContext, warehouse: Warehouse, keuzes: Keuzes, melder: dg.ResourceParam[Melder]
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Read, check and accept or refuse the delivery."""
    periode = periode_of(context.partition_key)
    stamp_input(warehouse.con, "levering")
    started = time.perf_counter()
    settings = keuzes.settings()
    run = keuzes.run(periode)
    try:
        result = take_in(
            warehouse.con,
            delivery_of(settings, run),
            periode,
            settings.output,
            run.briefdatum,
            melder,
            settings.bron_opties,
        )
    except LeveringGeweigerd as refusal:
        if not refusal.gelezen:
            raise
        place = place_rejects(warehouse.con, settings.output, periode)
        raise refusal.with_list(told(place, periode)) from None
    seconds = time.perf_counter() - started
    store_delivery(warehouse.con, voorbeeld=result.voorbeeld)
    for finding in result.bevindingen:
        context.log.warning(finding.zin)
    for name in EXTRACTS:
        table = f"levering.{name}"
        rows = row_count(warehouse.con, table)
        yield dg.MaterializeResult(
            asset_key=asset_key(table), metadata=table_metadata(warehouse.con, table, rows, seconds)
        )
    for check in checks_of("levering"):
        yield check_result(run_check(warehouse.sealed, check))


@dg.asset(
    key=HERZIENING,
    deps=[PARAMETERS, NORMEN, REFERENTIE, EERDER, *(asset_key(f"levering.{name}") for name in EXTRACTS)],
    group_name=_GROUP,
    owners=[TEAM],
    kinds={"duckdb"},
    partitions_def=HALFJAREN,
    description="De cijfers van de gepubliceerde editie van dit halfjaar, en wat elke oorzaak sindsdien veranderde.",
)
def herziening(context: dg.AssetExecutionContext, warehouse: Warehouse, keuzes: Keuzes) -> dg.MaterializeResult[None]:
    """Compare the delivery with the published edition of the half-year, when there is one."""
    stamp_input(warehouse.con, "herziening")
    found = load_revision(warehouse.sealed, keuzes.settings().output, periode_of(context.partition_key))
    return dg.MaterializeResult(
        metadata={"editie": f"{found.periode} editie {found.editie}" if found else "geen gepubliceerde editie"}
    )
