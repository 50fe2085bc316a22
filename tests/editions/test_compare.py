"""Comparing editions: each of a hundred random changes to a delivery is attributed to its cause, and all adds up.

A delivery is changed in sixteen municipalities at once, each in its own way, and now and then in what concerns all of
them: norms, SQL, the published edition of the half-year before, the herindeling. So causes stand side by side, as they
do in a real revision.
"""

import csv
import json
import random
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import main
from pipeline.core.compare.editions import compare_folders
from pipeline.core.compare.outcome import OORZAKEN, Kant, Vergelijking, Verschil
from pipeline.core.frozen import frozen_warehouse
from pipeline.core.manifest import write_manifest
from pipeline.core.norms import Norm
from tests.editions.changes import CHANGES, GEEN, Change, numbered_anew, other_shares, part_of_person
from tests.editions.small import (
    BEFORE,
    DIVIDED,
    GEMEENTEN,
    HALF,
    make_edition,
    place,
    publish,
    warehouse,
    whole,
    write_overview,
)

ROUNDS = 6
# Another way to round a number per 100.000 inhabitants: what other code could have been.
OTHER_MACRO = "create or replace macro per_100k(teller, noemer) as (quotient(teller, noemer, 100000)::decimal(18, 4))"
SHORT_NORM = Norm("aanbod", date(2010, 1, 1), 4, "proef")


@dataclass
class Round:
    """What was changed at once: per municipality, and in the whole."""

    changes: dict[str, Change]
    wide: tuple[str, ...]
    outcome: Vergelijking


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2017-II published, and 2018-I as edition 1; edition 90 is the same made by other code."""
    root = tmp_path_factory.mktemp("edities")
    before = write_overview(root / "levering-voor", BEFORE)
    with warehouse(before, BEFORE, root / "output") as con:
        make_edition(con, place(root / "output", BEFORE, 1))
    publish(root / "output", BEFORE, 1)
    with warehouse(whole().write(root / "levering"), HALF, root / "output") as con:
        make_edition(con, place(root / "output", HALF, 1))
        con.execute(OTHER_MACRO)
        make_edition(con, place(root / "output", HALF, 90), macros="0" * 64)
    return root / "output"


def republished(output: Path, target: Path) -> Path:
    """The same with 2017-II published anew: Assen ended 7 further behind."""
    shutil.copytree(output / str(BEFORE), target / str(BEFORE))
    folder = place(target, BEFORE, 1)
    table = folder / "tabellen" / "gemeenten.csv"
    with duckdb.connect() as con:
        con.execute(f"create table g as select * from read_csv('{table}', header = true)")
        con.execute("update g set eindsaldo = eindsaldo + 7 where gemeentecode = 'GM0106'")
        con.execute(f"copy g to '{table}' (header)")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    write_manifest(folder, {name: value for name, value in manifest.items() if name != "uitvoer"})
    return target


WIDE = ("norm", "sql", "eerder", "deel", "aandelen", "nummers")


def compared(output: Path, work: Path, dice: random.Random) -> Round:
    """One delivery with a change in each municipality, compared with the old one."""
    delivery = whole()
    chosen: dict[str, Change] = {}
    for index, (code, name) in enumerate(GEMEENTEN.items()):
        chosen[code] = dice.choice(CHANGES)
        chosen[code].do(delivery, index, name)
    wide = tuple(name for name in WIDE if dice.random() < 0.5)
    if "deel" in wide:
        part_of_person(delivery)
    if "aandelen" in wide:
        other_shares(delivery)
    if "nummers" in wide:
        numbered_anew(delivery)
    earlier = republished(output, work / "eerder") if "eerder" in wide else output
    norms = (SHORT_NORM,) if "norm" in wide else ()
    with warehouse(delivery.write(work / "levering"), HALF, earlier, norms=norms) as con:
        new = make_edition(con, work / "2")
    old = place(output, HALF, 90 if "sql" in wide else 1)
    outcome = compare_folders(old, new, Kant(str(HALF), 1, gepubliceerd=True), Kant(str(HALF), 2, gepubliceerd=False))
    return Round(chosen, wide, outcome)


@pytest.fixture(scope="module")
def rounds(output: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Round]:
    """All rounds; the dice fall the same each time, so that a failure can be repeated."""
    dice = random.Random(2018)
    made = [compared(output, tmp_path_factory.mktemp(f"ronde{number}"), dice) for number in range(ROUNDS)]
    assert {name for one in made for name in one.wide} == set(WIDE)
    assert {change.do for one in made for change in one.changes.values()} == {change.do for change in CHANGES}
    return made


def figure(outcome: Vergelijking, cijfer_id: str, gebied: str) -> Verschil:
    (found,) = outcome.van(gebied, cijfer_id).verschillen
    return found


def figures(folder: Path) -> dict[tuple[str, str], Decimal]:
    """The figures of an edition that have a value."""
    with (folder / "cijfers.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["cijfer_id"], row["gebied"]): Decimal(row["waarde"]) for row in csv.DictReader(file) if row["waarde"]
        }


def test_a_hundred_changes_are_each_attributed_to_their_cause(rounds: list[Round]) -> None:
    seen: Counter[str] = Counter()
    wrong: list[tuple[str, str, dict[str, Decimal | None]]] = []
    for one in rounds:
        outcome = one.outcome
        for code, change in one.changes.items():
            seen[change.oorzaak] += 1
            if change.oorzaak == GEEN:
                if outcome.van(code, change.cijfer_id).verschillen:
                    wrong.append((change.do.__name__, code, {}))
                continue
            across = change.cijfer_id == "koppelingen.binnen_norm" and "norm" in one.wide
            if across and not outcome.van(code, change.cijfer_id).verschillen:
                # The shorter norm took off what the change added: no difference, so nothing is listed.
                continue
            found = figure(outcome, change.cijfer_id, code)
            expected: dict[str, Decimal | None] = {
                name: Decimal(change.verschil if name == change.oorzaak else 0) for name in OORZAKEN
            }
            # A shorter norm moves koppelingen across it as well: what is left of the change is another number.
            if across:
                expected = {**dict(found.delen), change.oorzaak: Decimal(change.verschil)}
            if dict(found.delen) != expected:
                wrong.append((change.do.__name__, code, dict(found.delen)))
        seen.update(name for name in one.wide)
    assert wrong == []
    assert sum(seen.values()) >= 100
    assert seen["nagekomen"] > 20 and seen["correcties"] > 40 and seen[GEEN] and seen["nummers"]


def test_no_other_cause_is_named_in_a_municipality(rounds: list[Round]) -> None:
    """Every figure of a municipality that differs does so by its own change, or by one that concerns all."""
    for one in rounds:
        outcome = one.outcome
        everywhere = {"definitie"} if {"norm", "sql"} & set(one.wide) else set()
        for code, change in one.changes.items():
            allowed = {change.oorzaak} | everywhere | ({"eerder"} if code == "GM0106" else set())
            found = {cause for difference in outcome.van(code).verschillen for cause in difference.oorzaken}
            assert found <= allowed, (change.do.__name__, code, found)
            assert change.oorzaak in (*found, GEEN), (change.do.__name__, code, found)


def test_a_renumbering_is_told_and_moves_nothing(rounds: list[Round]) -> None:
    """A row that was renumbered and changed as well is one of which nothing is certain."""
    for one in rounds:
        told = {rows.tabel.removeprefix("levering."): rows for rows in one.outcome.rijen}
        single = sum(change.oorzaak == GEEN for change in one.changes.values())
        for table in ("coa_afmeldingen", "coa_koppelingen"):
            if "nummers" not in one.wide:
                assert told[table].hernummerd == single and not told[table].dubbelzinnig
            else:
                assert told[table].hernummerd > 30
                assert told[table].dubbelzinnig <= told[table].gewijzigd + told[table].aangevuld
        assert any("hernummerd" in line for line in one.outcome.opmerkingen) == bool(single or "nummers" in one.wide)
        assert not any("beslist het nummer" in line for line in one.outcome.opmerkingen)


def test_the_changes_that_concern_all_are_attributed(output: Path, rounds: list[Round]) -> None:
    editions = [figures(place(output, HALF, number)) for number in (1, 90)]
    for one in rounds:
        outcome = one.outcome
        causes = {difference.cijfer_id: difference for difference in outcome.van("GM0106").verschillen}
        if "eerder" in one.wide:
            assert causes["saldo.eind"].delen["eerder"] == causes["taakstelling.saldo_begin"].verschil == 7
        if "sql" in one.wide:
            for code in GEMEENTEN:
                values = [edition["realisatie.per_100k", code] for edition in editions]
                found = outcome.van(code, "realisatie.per_100k").verschillen
                # Where the change in the municipality took it off again, nothing is listed.
                assert [one.delen["definitie"] for one in found] in ([], [values[0] - values[1]])
        if "norm" in one.wide:
            late = figure(outcome, "koppelingen.langer_dan_norm", "NL")
            assert late.delen["definitie"] and late.delen["definitie"] > 0
        herindeling = [one for one in outcome.verschillen if "herindeling" in one.oorzaken]
        assert bool(herindeling) == bool({"deel", "aandelen"} & set(one.wide))
        parts = {difference.gebied for difference in herindeling if difference.gebied.startswith("GM")}
        assert parts <= set(DIVIDED[1])
        if "deel" in one.wide:
            assert figure(outcome, "koppelingen.totaal", "GM1900").delen["herindeling"] == -1
        if "aandelen" in one.wide:
            assert figure(outcome, "taakstelling.saldo_begin", "GM1949").delen["herindeling"]


def test_the_parts_add_up_to_the_difference(rounds: list[Round]) -> None:
    for outcome in (one.outcome for one in rounds):
        unsure = any(rows.dubbelzinnig for rows in outcome.rijen)
        assert outcome.zeker != unsure and outcome.verschillen
        for one in outcome.verschillen:
            if one.oud is None or one.nieuw is None:
                assert one.verschil is None and set(one.delen.values()) == {None}
            else:
                assert one.verschil
                assert one.verschil == one.nieuw - one.oud == sum(part or 0 for part in one.delen.values())
            assert one.oorzaken


def test_what_nothing_touched_has_no_difference(rounds: list[Round]) -> None:
    untouched = {"GM0599", "GM0344", "GM0014"}
    for one in rounds:
        outcome = one.outcome
        assert outcome.gelijk > len(outcome.verschillen)
        if not {"norm", "sql"} & set(one.wide):
            assert not untouched & {difference.gebied for difference in outcome.verschillen}
            assert not [one for one in outcome.verschillen if one.cijfer_id == "taakstelling.netto"]


def test_an_edition_beside_itself_has_no_difference(output: Path) -> None:
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(place(output, HALF, 1), place(output, HALF, 1), side, side)
    assert outcome.verschillen == () and outcome.gelijk > 10_000 and outcome.zeker


def test_the_same_files_read_otherwise_are_a_matter_of_code(output: Path, tmp_path: Path) -> None:
    """Another program accepted a row that the old one refused, out of the same bytes."""
    new = tmp_path / "2"
    shutil.copytree(place(output, HALF, 1), new)
    source = new / "bronnen" / "coa_afmeldingen.parquet"
    with duckdb.connect() as con:
        con.execute(f"create table a as from read_parquet('{source}')")
        con.execute("delete from a where afmelding_id = 'A00001'")
        con.execute(f"copy (from a order by all) to '{source}' (format parquet, compression zstd)")
    with frozen_warehouse(new, new) as con:
        con.execute(f"copy (select * exclude (definitie) from report.cijfers) to '{new}/cijfers.csv' (header)")
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(place(output, HALF, 1), new, side, side)
    assert {one.oorzaken for one in outcome.verschillen} == {("definitie",)}
    assert figure(outcome, "realisatie.totaal", "GM0106").delen["definitie"] == -1


def delivered(edition: Path, **tables: str) -> None:
    """Another delivery in the sources of an edition: SQL for the rows of a table, `{rows}` being those of now."""
    other = "select * replace ('' as sha256) from {rows}"
    with duckdb.connect() as con:
        for name, query in {**tables, "invoer/levering.herkomst": other}.items():
            path = edition / "bronnen" / f"{name}.parquet"
            rows = f"read_parquet('{path}')"
            con.execute(f"create or replace table t as {query.format(rows=rows)}")
            con.execute(f"copy (from t order by all) to '{path}' (format parquet, compression zstd)")


def redelivered(output: Path, target: Path, **tables: str) -> Path:
    """Edition 1 made again from another delivery."""
    shutil.copytree(place(output, HALF, 1), target)
    delivered(target, **tables)
    with frozen_warehouse(target, target) as con:
        con.execute(f"copy (select * exclude (definitie) from report.cijfers) to '{target}/cijfers.csv' (header)")
    return target


def test_another_key_is_said_and_parts_nothing(output: Path, tmp_path: Path) -> None:
    """Nobody is known again: of what differs, nobody can say whether it is a correction or came in late."""
    other = "select * replace (sha256(persoon) as persoon) from {rows}"
    names = ("coa_personen", "coa_koppelingen", "rijk_herindeling_personen")
    new = redelivered(
        output, tmp_path / "2", coa_afmeldingen=f"{other} where afmelding_id <> 'A00001'", **dict.fromkeys(names, other)
    )
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(place(output, HALF, 1), new, side, side)
    assert not outcome.zeker and "met een andere sleutel" in outcome.opmerkingen[0]
    one = figure(outcome, "realisatie.totaal", "GM0106")
    assert one.verschil == -1 and one.oorzaken == ("correcties", "nagekomen")
    assert dict(one.delen) == {**dict.fromkeys(OORZAKEN, Decimal()), "correcties": None, "nagekomen": None}
    assert {one.gebied for one in outcome.verschillen if one.gebied.startswith("GM")} == {"GM0106"}


def test_an_extract_that_is_missing_is_no_correction(output: Path, tmp_path: Path) -> None:
    new = redelivered(output, tmp_path / "2", coa_personen="select * from {rows} where false")
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(place(output, HALF, 1), new, side, side)
    assert not outcome.zeker
    assert "had rijen in coa_personen, die van de nieuwe niet" in outcome.opmerkingen[0]
    assert [(one.tabel, one.vervallen) for one in outcome.rijen] == [("levering.coa_personen", 194)]
    assert figure(outcome, "opvang.opgevangen", "NL").oorzaken == ("correcties",)


def test_a_column_that_the_old_delivery_did_not_have(output: Path, tmp_path: Path) -> None:
    """Rows are compared without it; what it does to the figures is a matter of the definition."""
    old = tmp_path / "1"
    shutil.copytree(place(output, HALF, 1), old)
    delivered(old, coa_koppelingen="select * exclude (datum_aanbod) from {rows}")
    figures = old / "cijfers.csv"
    figures.write_text(
        re.sub(r"(?m)^(koppelingen\.met_aanbod,\w+),\d+\.", r"\1,0.", figures.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(old, place(output, HALF, 1), side, side)
    assert outcome.opmerkingen[0].startswith("Nieuw sinds de eerdere editie: coa_koppelingen.datum_aanbod.")
    assert len(outcome.opmerkingen) == 1 and outcome.zeker
    (rows,) = outcome.rijen
    assert sum((rows.gewijzigd, rows.vervallen, rows.aangevuld, rows.nieuw, rows.hernummerd)) == 0
    assert figure(outcome, "koppelingen.met_aanbod", "GM0106").delen["definitie"] == 2
    assert {(one.cijfer_id, one.oorzaken) for one in outcome.verschillen} == {
        ("koppelingen.met_aanbod", ("definitie",))
    }


def test_other_code_of_the_new_edition_is_said(output: Path) -> None:
    """The old edition by the code of today, the new one by other code, of the same sources."""
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(place(output, HALF, 1), place(output, HALF, 90), side, side)
    assert not outcome.zeker and "andere cijfers" in outcome.opmerkingen[0]
    assert {one.oorzaken for one in outcome.verschillen} == {("definitie",)}
    assert {one.cijfer_id for one in outcome.verschillen} == {"realisatie.per_100k"}


def test_the_list_of_municipalities_alone_is_herindeling(output: Path, tmp_path: Path) -> None:
    """The old edition was made with another list of herindelingen and nothing else."""
    old = tmp_path / "1"
    shutil.copytree(place(output, HALF, 1), old)
    manifest = json.loads((old / "manifest.json").read_text(encoding="utf-8"))
    for file in manifest["referentie"]:
        if file["naam"].startswith("indeling/herindelingen"):
            file["sha256"] = "0" * 64
    (old / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    figures = old / "cijfers.csv"
    figures.write_text(
        figures.read_text(encoding="utf-8").replace(
            "realisatie.totaal,GM0106,3.0000", "realisatie.totaal,GM0106,1.0000"
        ),
        encoding="utf-8",
    )
    side = Kant(str(HALF), 1, gepubliceerd=False)
    outcome = compare_folders(old, place(output, HALF, 1), side, side)
    (one,) = outcome.verschillen
    assert (one.cijfer_id, one.oorzaken) == ("realisatie.totaal", ("herindeling",))
    assert one.delen["herindeling"] == 2
    assert "lijst van gemeenten" in outcome.opmerkingen[0]


def test_two_half_years(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Herindeling is the one cause, and what is left is the course of things."""
    assert main(["vergelijk", "2017-II", "2018-I@1", "--output", str(output), "--json"]) == 0
    outcome = json.loads(capsys.readouterr().out)
    assert outcome["zelfde_halfjaar"] is False
    assert set(outcome["niet_van_toepassing"]) == {"definitie", "eerder", "correcties", "nagekomen"}
    found = {(one["cijfer_id"], one["gebied"]): one for one in outcome["verschillen"]}
    gone = found["saldo.eind", "GM0140"]
    assert gone["nieuw"] is None and gone["delen"]["herindeling"] == gone["verschil"] == str(-int(gone["oud"]))
    assert gone["delen"]["nagekomen"] is None
    country = [one for (_, area), one in found.items() if area == "NL"]
    assert {one["delen"]["herindeling"] for one in country} <= {"0", "0.0", None}
    parts = sum(int(found["saldo.eind", code]["delen"]["herindeling"]) for code in ("GM1900", "GM0080"))
    franekeradeel = sum(
        int(one["delen"]["herindeling"])
        for (cijfer_id, area), one in found.items()
        if cijfer_id == "saldo.eind" and area.startswith("GM")
    )
    assert franekeradeel == 0 and parts != 0
    for one in outcome["verschillen"]:
        if one["verschil"] is not None and one["delen"]["verloop"] is not None:
            assert Decimal(one["verschil"]) == Decimal(one["delen"]["herindeling"]) + Decimal(one["delen"]["verloop"])
    assert main(["vergelijk", "2017-II", "2018-I@1", "--cijfer", "inwoners.peiljaar", "--output", str(output)]) == 0
    told = capsys.readouterr().out
    assert "2016" in told and "2017" in told and "2.01" not in told
    assert main(["vergelijk", "2018-I@1", "2017-II", "--output", str(output)]) == 3
    assert "oudste halfjaar eerst" in capsys.readouterr().err


def test_on_a_terminal(output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Through the command line: editions by name, a municipality, a figure, and what is wrong said in Dutch."""
    root = tmp_path / "output"
    shutil.copytree(output, root)
    delivery = whole()
    CHANGES[0].do(delivery, 0, "Assen")
    CHANGES[5].do(delivery, 1, "Emmen")
    with warehouse(delivery.write(tmp_path / "levering"), HALF, root) as con:
        make_edition(con, place(root, HALF, 2))
    publish(root, HALF, 1)
    assert main(["vergelijk", "2018-I", "2018-I@2", "--output", str(root)]) == 0
    told = capsys.readouterr().out
    assert "2018-I editie 1 (gepubliceerd) naast 2018-I editie 2" in told
    assert "coa_afmeldingen, rijen: 1 nieuw, 1 vervallen\n" in told
    assert [word for word in ("Correcties", "Nagekomen", "Herindeling") if word in told] == ["Correcties", "Nagekomen"]
    assert "Assen" in told and "Emmen" in told
    assert main(["vergelijk", "2018-I@1", "2018-I@2", "--gemeente", "emmen", "--output", str(root)]) == 0
    told = capsys.readouterr().out
    assert "Realisatie" in told and "Nagekomen" not in told
    assert main(["vergelijk", "2018-I@1", "2018-I@2", "--gebied", "114", "--json", "--output", str(root)]) == 0
    asked = json.loads(capsys.readouterr().out)
    assert {one["gebied"] for one in asked["verschillen"]} == {"GM0114"} and 100 < asked["gelijk"] < 1000
    assert main(["vergelijk", "2018-I@1", "2018-I@2", "--gemeente", "Emen", "--output", str(root)]) == 3
    assert "bedoelde u Emmen" in capsys.readouterr().err
    assert main(["vergelijk", "2018-I@1", "2018-I@2", "--cijfer", "realisatie.totaaal", "--output", str(root)]) == 3
    assert "bedoelde u realisatie.totaal" in capsys.readouterr().err
    assert main(["vergelijk", "2018-I@1", "2018-I@2", "--gemeente", "Drenthe", "--output", str(root)]) == 3
    capsys.readouterr()
    assert main(["vergelijk", "2018-I@1", "2018-I@7", "--output", str(root)]) == 3
    assert "editie 7 van 2018-I bestaat niet" in capsys.readouterr().err
    with pytest.raises(SystemExit) as refused:
        main(["vergelijk", "2018-I@x", "2018-I@2"])
    assert refused.value.code == 3
    path = place(root, HALF, 2) / "cijfers.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    assert main(["vergelijk", "2018-I@1", "2018-I@2", "--output", str(root)]) == 2
    assert "cijfers.csv" in capsys.readouterr().err
