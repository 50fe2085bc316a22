"""The comparison of municipalities, against the register of the edition and counted again in Python."""

from decimal import Decimal

import duckdb
import pytest

from pipeline.core.sheets.figures import Bladbron, Gemeente
from pipeline.core.sqlfiles import load_sheets
from pipeline.core.warehouse import create, prepare

Gemeenten = dict[str, Gemeente]
MODELS = {model.name: model for model in load_sheets()}


@pytest.mark.parametrize("naam", ["Nuenen, Gerwen en Nederwetten", "Ameland", "Amsterdam", "Zevenaar", "Rozendaal"])
@pytest.mark.parametrize("soort", ["grootte", "provincie", "land"])
def test_place_and_sums_of_a_group(source: Bladbron, gemeente: Gemeenten, naam: str, soort: str) -> None:
    one = gemeente[naam]
    leden = one.groepen[soort].leden

    def van(cijfer_id: str) -> dict[str, Decimal | None]:
        return {lid: source.register.cijfer(cijfer_id, lid).waarde for lid in leden}

    def vergelijking(maat: str) -> Decimal | None:
        return source.register.cijfer(f"vergelijking.{soort}_{maat}", one.code).waarde

    percentages = van("realisatie.percentage")
    known = [value for value in percentages.values() if value is not None]
    own = percentages[one.code]
    assert vergelijking("gemeenten") == len(leden)
    assert vergelijking("met_percentage") == len(known)
    assert vergelijking("plaats") == (None if own is None else 1 + sum(value > own for value in known))
    assert vergelijking("voldaan") == sum(value <= 0 for value in van("saldo.eind").values() if value is not None)
    sums = [sum(filter(None, van(figure).values())) for figure in ("realisatie.totaal", "taakstelling.gecorrigeerd")]
    expected = round(Decimal(sums[0]) * 100 / sums[1], 1) if sums[1] > 0 else None
    assert vergelijking("realisatie_procent") == expected


def test_groups_that_the_register_knows_have_its_figures(source: Bladbron, gemeente: Gemeenten) -> None:
    for naam, gebied, soort in (("Ede", "PV25", "provincie"), ("Assen", "PV22", "provincie"), ("Ede", "NL", "land")):
        for maat, cijfer_id in (
            ("gemeenten", "stand.gemeenten"),
            ("realisatie_procent", "realisatie.percentage"),
            ("voldaan", "stand.voldaan"),
            ("langer_dan_norm_procent", "koppelingen.langer_dan_norm_procent"),
        ):
            compared = source.register.cijfer(f"vergelijking.{soort}_{maat}", gemeente[naam].code)
            assert compared.waarde == source.register.cijfer(cijfer_id, gebied).waarde, (naam, maat)


def test_a_class_begins_at_its_lower_bound() -> None:
    inwoners = {"A": 4_999, "B": 5_000, "C": 19_999, "D": 20_000, "E": 249_999, "F": 250_000, "G": None}
    with duckdb.connect() as con:
        prepare(con)
        con.execute("create schema editie; create schema gemeentebladen")
        con.execute(
            """
            create table editie.gemeenten
                (gemeentecode varchar, gemeente varchar, provinciecode varchar, provincie varchar, inwoners bigint)
            """
        )
        for code, number in inwoners.items():
            con.execute("insert into editie.gemeenten values (?, ?, 'PV1', 'P', ?)", [code, code, number])
        model = MODELS["gemeentebladen.groepen"]
        create(con, model.name, model.sql, view=False)
        found = con.execute("select gemeentecode, groep from gemeentebladen.groepen where soort = 'grootte'").fetchall()
    assert found == [("A", "1"), ("B", "2"), ("C", "3"), ("D", "4"), ("E", "7"), ("F", "8")]


def test_equals_share_a_place_and_without_a_percentage_there_is_none() -> None:
    percentages = {"A": 80, "B": 100, "C": 80, "D": None, "E": 10}
    with duckdb.connect() as con:
        prepare(con)
        con.execute("create schema editie; create schema gemeentebladen")
        con.execute("create table editie.cijfers (cijfer_id varchar, gebied varchar, waarde decimal(18, 4))")
        con.execute("create table gemeentebladen.groepen (gemeentecode varchar, soort varchar, groep varchar)")
        for code, percentage in percentages.items():
            con.execute("insert into editie.cijfers values ('realisatie.percentage', ?, ?)", [code, percentage])
            con.execute("insert into gemeentebladen.groepen values (?, 'land', 'NL')", [code])
        model = MODELS["gemeentebladen.cijfers"]
        create(con, model.name, model.sql, view=False)
        query = "select gebied, waarde from gemeentebladen.cijfers where cijfer_id = 'vergelijking.land_plaats'"
        assert dict(con.execute(query).fetchall()) == {"A": 2, "B": 1, "C": 2, "D": None, "E": 4}


def test_every_figure_of_the_comparison_is_defined_and_every_definition_used(source: Bladbron) -> None:
    made = {name for name in source.register.definities if name.startswith("vergelijking.")}
    assert len(made) == 18
    assert all(len(source.register.gebieden(name)) == 390 for name in made)
