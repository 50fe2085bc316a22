"""Names of assets. The path is the name: `sql/metrics/taakstelling.sql` is `metrics.taakstelling` is
`metrics/taakstelling`.
"""

import dagster as dg

REFERENTIE = dg.AssetKey(["referentie"])
PARAMETERS = dg.AssetKey(["invoer", "parameters"])
NORMEN = dg.AssetKey(["invoer", "normen"])
EERDER = dg.AssetKey(["eerder"])
HERZIENING = dg.AssetKey(["herziening"])
EDITIE = dg.AssetKey(["editie"])
TEAM = "team:voortgangsrapportage"
"""Who looks after what we make; of an extract that is whoever delivers it."""
_WHOLE_SCHEMAS = {"referentie": REFERENTIE, "eerder": EERDER, "herziening": HERZIENING}


def asset_key(table: str) -> dg.AssetKey:
    """Asset of `schema.table`; the shipped reference data, the earlier editions and what is compared with the published
    one are one asset each.
    """
    schema, name = table.split(".")
    return _WHOLE_SCHEMAS.get(schema) or dg.AssetKey([schema, name])
