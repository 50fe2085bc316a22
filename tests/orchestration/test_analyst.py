"""What Dagster tells an analyst: whose table it is, what its columns hold, who ran it and why, how the figures went."""

from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from pipeline.core.intake.contracts import CONTRACTS
from pipeline.definitions import build_defs
from pipeline.orchestration.assets.keys import EDITIE, EERDER, NORMEN, PARAMETERS, REFERENTIE, TEAM, asset_key
from pipeline.orchestration.instance import open_instance
from pipeline.orchestration.metadata import PLOTTED, key_figures, table_metadata
from pipeline.orchestration.partitions import HALFJAREN
from pipeline.orchestration.tags import FROM_COMMAND_LINE, OCCASION_TAG, WHO_TAG, WHY_TAG


def test_every_asset_says_what_it_is_whose_and_of_what_kind() -> None:
    graph = build_defs().resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.description and node.owners and node.kinds and node.group_name != "default", key
    owners = {name: graph.get(asset_key(f"levering.{name}")).owners for name in CONTRACTS}
    assert owners["coa_koppelingen"] == ["team:COA"] and owners["ind_nareis"] == ["team:IND"]
    assert graph.get(EDITIE).owners == [TEAM]


def test_every_check_says_what_it_is() -> None:
    graph = build_defs().resolve_asset_graph()
    assert [key for key in graph.asset_check_keys if not graph.get_check_spec(key).description] == []


def _columns(table: str, *columns: str) -> dict[str, str | None]:
    with duckdb.connect() as con:
        con.execute(f"create schema {table.split('.')[0]}")
        con.execute(f"create table {table} as select {', '.join(f'1 as {name}' for name in columns)}")
        schema = table_metadata(con, table, 1, 0.1)["dagster/column_schema"]
    return {column.name: column.description for column in schema.columns}


def test_columns_are_described_by_contract_by_open_table_and_by_what_holds_everywhere() -> None:
    delivered = _columns("levering.coa_koppelingen", "gemeentecode", "datum_koppeling")
    assert delivered["datum_koppeling"], delivered
    assert "personen" in str(_columns("report.tabel_gemeenten", "eindsaldo")["eindsaldo"])
    assert _columns("metrics.boekhouding", "gemeentecode", "eigen_naam") == {
        "gemeentecode": "Code van de gemeente volgens het CBS, met GM ervoor, naar de indeling van het jaar van de "
        "rapportage",
        "eigen_naam": None,
    }


def test_key_figures_are_numbers_to_draw_and_hold_no_person() -> None:
    with duckdb.connect() as con:
        con.execute("create schema report")
        con.execute(
            "create table report.definities as select unnest($1::varchar[]) as cijfer_id, 'n' as naam, 'personen' as "
            "eenheid, 0 as decimalen, 'd' as definitie, 'b' as bron, 'm' as model",
            [list(PLOTTED)],
        )
        con.execute(
            "create table report.cijfers as select cijfer_id, 'NL' as gebied, if(cijfer_id = 'opvang.totaal', null, "
            "5)::decimal(18, 4) as waarde from report.definities"
        )
        assert key_figures(con) == {name: 5.0 for name in PLOTTED if name != "opvang.totaal"}


@pytest.mark.parametrize(
    ("tags", "choices", "expected"),
    [
        ({WHO_TAG: "an", OCCASION_TAG: FROM_COMMAND_LINE}, {}, {WHO_TAG: "an"}),
        ({}, {"wie": "bo", "reden": "correctie"}, {WHO_TAG: "bo", WHY_TAG: "correctie"}),
    ],
)
def test_who_and_why_stand_with_the_run_wherever_it_came_from(
    tmp_path: Path, tags: dict[str, str], choices: dict[str, str], expected: dict[str, str]
) -> None:
    job = build_defs().resolve_job_def("rapport")
    config = {"levering": str(tmp_path), "output": str(tmp_path), **choices}
    with open_instance(tmp_path) as instance:
        done = job.execute_in_process(
            partition_key="2016-01-01",
            instance=instance,
            run_config={"resources": {"keuzes": {"config": config}}},
            asset_selection=[PARAMETERS, NORMEN, REFERENTIE, EERDER],
            tags=tags,
        )
        run = instance.get_run_by_id(done.run_id)
    assert run is not None
    found = {name: text for name, text in run.tags.items() if name in {WHO_TAG, WHY_TAG}}
    assert found == expected


def test_the_form_of_a_run_asks_for_peildatum_and_reden_with_what_they_mean() -> None:
    schema: Any = build_defs().resolve_job_def("rapport").run_config_schema.config_type
    fields = schema.fields["resources"].config_type.fields["keuzes"].config_type.fields["config"].config_type.fields
    assert {"peildatum", "briefdatum", "reden", "wie", "levering", "aanvaard"} <= set(fields)
    assert [name for name, field in fields.items() if not field.description] == []
    assert not any(field.is_required for field in fields.values())


def test_a_backfill_is_one_run_per_half_year() -> None:
    graph = build_defs().resolve_asset_graph()
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.partitions_def == HALFJAREN, key
        assert node.backfill_policy is None or node.backfill_policy.max_partitions_per_run == 1, key
    keys = HALFJAREN.get_partition_keys_in_range(dg.PartitionKeyRange("2016-01-01", "2017-07-01"))
    assert list(keys) == ["2016-01-01", "2016-07-01", "2017-01-01", "2017-07-01"]
