"""Which area is meant by a name or code: the same for every command that asks."""

import duckdb
import pytest

from pipeline.core.errors import GebruiksFout
from pipeline.core.explain.areas import Gebied, find_area

VROEGER = (Gebied("GM9901", "gemeente", "Oudedorp"), Gebied("GM0363", "gemeente", "Amsterdam"))


@pytest.mark.parametrize("naam", ["Amsterdam", " amsterdam ", "GM0363", "gm0363", "0363", "363"])
@pytest.mark.parametrize("soort", ["gemeente", None])
def test_a_municipality_by_name_code_and_number(
    opened: duckdb.DuckDBPyConnection, naam: str, soort: str | None
) -> None:
    assert find_area(opened, soort, naam, vroeger=VROEGER).code == "GM0363"


@pytest.mark.parametrize("naam", ["'s-Gravenhage", "'s Gravenhage", "'S GRAVENHAGE", "518"])
def test_a_municipality_by_alias(opened: duckdb.DuckDBPyConnection, naam: str) -> None:
    assert find_area(opened, None, naam).code == find_area(opened, "gemeente", naam).code == "GM0518"


def test_a_municipality_of_before_by_name_and_number(opened: duckdb.DuckDBPyConnection) -> None:
    assert {find_area(opened, None, naam, vroeger=VROEGER).code for naam in ("oudedorp", "9901")} == {"GM9901"}
    with pytest.raises(GebruiksFout, match="'9901' is geen gebied van 2016"):
        find_area(opened, None, "9901")


def test_a_name_of_several_areas_asks_for_the_code(opened: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(GebruiksFout, match=r"'Utrecht' kan .*GM0344 \(gemeente\).* zijn; geef de code"):
        find_area(opened, None, "Utrecht")
    assert find_area(opened, "gemeente", "Utrecht").soort == "gemeente"
