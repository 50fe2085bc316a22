"""The edition: the last asset. It evaluates the blocking checks itself, whatever was run before it."""

import dagster as dg

from pipeline.core.config import current_user
from pipeline.core.edition_store import PUBLIC_NOTE, note
from pipeline.core.editions import REJECTS, make_edition
from pipeline.core.intake.received import received
from pipeline.core.manifest import MANIFEST, sha256_file
from pipeline.core.progress import DOCUMENT, Melder
from pipeline.core.readers import copy_place
from pipeline.core.sqlfiles import load_models
from pipeline.core.unchanged import MARK, made_from
from pipeline.core.vault import plain_warning
from pipeline.orchestration.assets.keys import EDITIE, TEAM, asset_key
from pipeline.orchestration.metadata import key_figures
from pipeline.orchestration.partitions import HALFJAREN, periode_of
from pipeline.orchestration.resources import Keuzes, Warehouse
from pipeline.orchestration.tags import WHO_TAG


@dg.asset(
    key=EDITIE,
    deps=[asset_key(model.name) for model in load_models() if model.layer == "report"],
    group_name="editie",
    kinds={"pdf", "csv", "parquet"},
    owners=[TEAM],
    partitions_def=HALFJAREN,
    description="De voortgangsrapportage als PDF, met cijferregister, tabellen, bevroren bronnen en manifest.",
)
def editie(
    context: dg.AssetExecutionContext, warehouse: Warehouse, keuzes: Keuzes, melder: dg.ResourceParam[Melder]
) -> dg.MaterializeResult[None]:
    """Make the next edition of the half-year."""
    output = keuzes.settings().output
    melder.stap(DOCUMENT, 1, 1, "opmaken en controleren")
    accepted = keuzes.accepted()
    made = make_edition(warehouse.sealed, output, accepted, openbaar=keuzes.openbaar())
    inhoud = made.inhoud
    note(
        output,
        made.periode,
        {
            "editie": made.nummer,
            "manifest_sha256": inhoud.manifest_sha256,
            "wie": keuzes.wie or context.run.tags.get(WHO_TAG) or current_user(),
            "reden": keuzes.reden,
            "aanvaard": inhoud.aanvaard,
            "ontvangen": received(warehouse.con),
            MARK: made_from(warehouse.con, keuzes.run(periode_of(context.partition_key))),
            **({PUBLIC_NOTE: sha256_file(made.openbaar / MANIFEST)} if made.openbaar else {}),
            "run": context.run.run_id,
        },
    )
    plain = plain_warning(warehouse.con)
    for line in plain:
        context.log.warning(line)
    return dg.MaterializeResult(
        metadata={
            "editie": made.nummer,
            "pdf": dg.MetadataValue.path(made.pdf.resolve()),
            "map": dg.MetadataValue.path(made.map.resolve()),
            "afkeur": dg.MetadataValue.path((made.map / REJECTS).resolve()),
            "leeskopie": dg.MetadataValue.path(copy_place(output, made.periode, made.nummer).resolve()),
            **({"openbaar": dg.MetadataValue.path(made.openbaar.resolve())} if made.openbaar else {}),
            **key_figures(warehouse.con),
            "seconden": inhoud.seconden,
            "waarschuwingen": [
                *(
                    f"niet waar: {result.check.title} ({'; '.join(result.examples)})"
                    for result in inhoud.waarschuwingen
                ),
                *inhoud.bezwaren,
            ],
            "open": [result.check.name for result in inhoud.waarschuwingen],
            "aanvaard": [f"{name}: {reason}" for name, reason in inhoud.aanvaard.items()],
            "let op": list(plain),
            "niet nodig": sorted(accepted.keys() - inhoud.aanvaard.keys()),
        }
    )
