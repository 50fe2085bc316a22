"""Corrections as data: each does exactly what it says, to exactly what it expects, or stops everything by name."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from pipeline.core.intake.correcting import apply, pseudonym_of
from pipeline.core.intake.corrections import (
    Correctie,
    CorrectieFout,
    findings,
    listing,
    load,
    refuse_unapplied,
    unapplied,
)
from pipeline.core.intake.findings import Ernst
from pipeline.core.intake.pseudonyms import PUBLIC_KEY, Pseudonymiser
from pipeline.core.manifest import sha256_file

EXTRACTS = ("coa_afmeldingen", "gemeenten_huisvesting")
PSEUDONYM = pseudonym_of(Pseudonymiser(PUBLIC_KEY, sample=True))
FILE = "coa/afmeldingen.csv"
CHANGE = """
[[correctie]]
extract = "coa_afmeldingen"
waar = { afmelding_id = "A2" }
actie = "wijzig"
kolom = "gemeente"
nieuw = "Assen"
verwacht = { waarde = "Asten" }
reden = "Verkeerde gemeente gekozen"
gemeld_op = 2016-07-12
status = "toegezegd"
"""
ROWS = [
    (2, "A1", PSEUDONYM("V9990000001"), "V999…", "Assen", "01-02-2016"),
    (3, " A2 ", PSEUDONYM("V9990000002"), "V999…", "Asten", "02-02-2016"),
    (4, "A3", PSEUDONYM("V9990000002"), "V999…", "Epe", None),
]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(
            "create temp table geland (regel integer, afmelding_id varchar, v_nummer varchar, "
            "v_nummer__masker varchar, gemeente varchar, datum varchar)"
        )
        connection.executemany("insert into geland values (?, ?, ?, ?, ?, ?)", ROWS)
        yield connection


def rows(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute("select * from geland order by regel").fetchall()


def written(folder: Path, text: str) -> tuple[Correctie, ...]:
    (folder / "correcties.toml").write_text(text, encoding="utf-8")
    return load(folder, EXTRACTS)


def applied(con: duckdb.DuckDBPyConnection, corrections: tuple[Correctie, ...], file: str = FILE) -> list[int]:
    done = apply(con, "geland", "coa_afmeldingen", file, corrections, v_kolommen=("v_nummer",), pseudoniem=PSEUDONYM)
    return [item.rijen for item in done]


def changed(**lines: str) -> str:
    """CHANGE with other lines; an empty one is left out."""
    kept = [line for line in CHANGE.strip().splitlines() if line.split(" =")[0] not in lines]
    return "\n".join([*kept, *(f"{name} = {value}" for name, value in lines.items() if value)])


def test_each_correction_knows_its_line(tmp_path: Path) -> None:
    """Whatever ends a line; not where the file does not write each as a block of its own."""
    text = f"# van het COA\n\n{changed()}\n\n [[ correctie ]] # tweede\n" + changed().partition("\n")[2]
    assert [item.bron_regel for item in written(tmp_path, text)] == [3, 14]
    (tmp_path / "correcties.toml").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    found = load(tmp_path, EXTRACTS)
    assert [(item.bron_regel, item.bron) for item in found] == [(3, "correcties.toml"), (14, "correcties.toml")]
    assert {item.bron_sha256 for item in found} == {sha256_file(tmp_path / "correcties.toml")}
    said = changed(reden='"""\n[[correctie]]\n"""')
    assert [item.bron_regel for item in written(tmp_path, said)] == [None]


def test_no_file_is_no_correction(tmp_path: Path) -> None:
    assert load(tmp_path, EXTRACTS) == ()


def test_change(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert applied(con, written(tmp_path, CHANGE)) == [1]
    assert rows(con) == [ROWS[0], (*ROWS[1][:4], "Assen", ROWS[1][5]), ROWS[2]]


def test_change_to_empty(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert applied(con, written(tmp_path, changed(nieuw='""'))) == [1]
    assert rows(con)[1][4] is None


def test_change_where_it_is_empty_now(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = changed(waar='{ afmelding_id = "A3" }', kolom='"datum"', nieuw="2016-03-01", verwacht='{ waarde = "" }')
    assert applied(con, written(tmp_path, text)) == [1]
    assert rows(con)[2][5] == "2016-03-01"


def test_a_person_is_found_by_pseudonym(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = changed(waar='{ v_nummer = "V9990000002", gemeente = "Asten" }')
    assert applied(con, written(tmp_path, text)) == [1]


def test_another_person(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = changed(kolom='"v_nummer"', nieuw='"9990000009"', verwacht='{ waarde = "V9990000002" }')
    assert applied(con, written(tmp_path, text)) == [1]
    assert rows(con)[1][2:4] == (PSEUDONYM("V9990000009"), "999…")


def test_remove(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    text = changed(
        actie='"verwijder"', kolom="", nieuw="", waar='{ v_nummer = "V9990000002" }', verwacht="{ rijen = 2 }"
    )
    corrections = written(tmp_path, text)
    assert applied(con, corrections) == [2]
    assert rows(con) == [ROWS[0]]


def test_add(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = '{ afmelding_id = "A9", v_nummer = "V9990000009", gemeente = "Epe" }'
    text = changed(actie='"voeg_toe"', kolom="", nieuw=row, waar='{ afmelding_id = "A9" }', verwacht="")
    (done,) = apply(
        con, "geland", "coa_afmeldingen", FILE, written(tmp_path, text), v_kolommen=("v_nummer",), pseudoniem=PSEUDONYM
    )
    assert (done.rijen, done.erbij) == (1, 1)
    assert rows(con)[0] == (-1, "A9", PSEUDONYM("V9990000009"), "V999…", "Epe", None)


def test_add_what_is_there_already(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    row = '{ afmelding_id = "A1", gemeente = "Epe" }'
    text = changed(actie='"voeg_toe"', kolom="", nieuw=row, waar='{ afmelding_id = "A1" }', verwacht="")
    with pytest.raises(
        CorrectieFout, match="correctie 1: verwacht 0 rijen waarvoor afmelding_id = 'A1', maar het zijn"
    ):
        applied(con, written(tmp_path, text))


def test_in_order_and_by_line(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    second = changed(
        waar=f'{{ bestand = "{FILE}", regel = 3 }}', nieuw='"Epe"', verwacht='{ waarde = "Assen", rijen = 1 }'
    )
    assert applied(con, written(tmp_path, CHANGE + second)) == [1, 1]
    assert rows(con)[1][4] == "Epe"


def test_a_source_that_changed_is_named_and_nothing_is_done(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    second = changed(waar='{ afmelding_id = "A3" }', verwacht='{ waarde = "Ede" }')
    with pytest.raises(CorrectieFout) as caught:
        applied(con, written(tmp_path, CHANGE + second))
    assert str(caught.value) == (
        "correcties.toml, correctie 2: verwacht was 'Ede' in kolom 'gemeente' waar afmelding_id = 'A3', maar daar "
        "staat iets anders; de bron is veranderd. Controleer de correctie en verwijder of verbeter haar."
    )
    assert rows(con) == ROWS


@pytest.mark.parametrize(
    ("where", "found"),
    [('{ afmelding_id = "A7" }', 0), ('{ v_nummer = "V9990000002" }', 2), ('{ gemeente = "asten" }', 0)],
)
def test_another_number_of_rows(where: str, found: int, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(
        CorrectieFout, match=f"correctie 1: verwacht 1 rij waarvoor .*, maar het zijn er {found};"
    ) as caught:
        applied(con, written(tmp_path, changed(waar=where)))
    assert "V9990000002" not in str(caught.value)
    assert rows(con) == ROWS


def test_what_is_no_v_number(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout, match="'A2' is geen V-nummer"):
        applied(con, written(tmp_path, changed(waar='{ v_nummer = "A2" }')))


def test_an_unknown_column(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(
        CorrectieFout, match="heeft geen kolom 'gemente'; bekend zijn afmelding_id, datum, gemeente, v_nummer"
    ):
        applied(con, written(tmp_path, changed(kolom='"gemente"')))


def test_an_sql_trick_is_a_value(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout, match="maar het zijn er 0"):
        applied(con, written(tmp_path, changed(waar="{ afmelding_id = \"A2' or '1' = '1\" }")))


def test_a_correction_for_a_file_that_did_not_come(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    corrections = written(tmp_path, changed(waar='{ bestand = "coa/oud.csv", afmelding_id = "A2" }'))
    assert applied(con, corrections) == []
    assert unapplied(corrections, ()) == corrections
    with pytest.raises(CorrectieFout, match=r"correctie 1: er is geen bestand 'coa/oud\.csv' van extract"):
        refuse_unapplied(corrections, (), [("coa_afmeldingen", FILE)])


LIST = changed(extract='"gemeenten_huisvesting"')
NAMED = changed(extract='"gemeenten_huisvesting"', waar='{ bestand = "gemeenten/GM0106.csv", afmelding_id = "A2" }')
WHERE = "correcties.toml, correctie 1: "


@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        (LIST, [], "van extract 'gemeenten_huisvesting' is geen bestand geleverd; verwijder de correctie."),
        (
            NAMED,
            [],
            "van extract 'gemeenten_huisvesting' is geen bestand geleverd, dus ook 'gemeenten/GM0106.csv' niet; "
            "verwijder de correctie.",
        ),
        (
            LIST,
            ["gemeenten/GM0114.csv", "gemeenten/GM0106.csv"],
            "van extract 'gemeenten_huisvesting' zijn er 2 bestanden; noem in waar om welk bestand het gaat, zoals "
            "bestand = 'gemeenten/GM0106.csv'.",
        ),
        (
            NAMED,
            ["gemeenten/GM0114.csv"],
            "er is geen bestand 'gemeenten/GM0106.csv' van extract 'gemeenten_huisvesting'; verbeter bestand in waar, "
            "zoals bestand = 'gemeenten/GM0114.csv', of verwijder de correctie.",
        ),
        (
            NAMED,
            ["gemeenten/GM0106.csv", "gemeenten/GM0114.csv"],
            "bestand 'gemeenten/GM0106.csv' is geweigerd, dus is er niets in te verbeteren; laat het opnieuw "
            "aanleveren of verwijder de correctie.",
        ),
        (
            LIST,
            ["gemeenten/V9990000001.csv"],
            "bestand 'gemeenten/V999….csv' is geweigerd, dus is er niets in te verbeteren; laat het opnieuw "
            "aanleveren of verwijder de correctie.",
        ),
    ],
    ids=["niet geleverd", "genoemd en niet geleverd", "welk bestand", "andere naam", "geweigerd", "gemaskeerd"],
)
def test_why_a_correction_met_no_file(text: str, files: list[str], said: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout) as caught:
        refuse_unapplied(written(tmp_path, text), (), [("gemeenten_huisvesting", name) for name in files])
    assert caught.value.regels == (f"{WHERE}{said}",)


def test_the_list_for_the_verantwoording(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    corrections = written(tmp_path, changed(waar='{ v_nummer = "V9990000002", gemeente = "Asten" }'))
    done = apply(con, "geland", "coa_afmeldingen", FILE, corrections, v_kolommen=("v_nummer",), pseudoniem=PSEUDONYM)
    assert listing(done) == [
        [
            1,
            "coa_afmeldingen",
            "v_nummer = V999…; gemeente = Asten",
            "wijzig",
            "gemeente",
            "Asten",
            "Assen",
            "Verkeerde gemeente gekozen",
            "2016-07-12",
            "toegezegd",
            1,
            FILE,
            "correcties.toml",
            1,
            sha256_file(tmp_path / "correcties.toml"),
        ]
    ]
    refuse_unapplied(corrections, done, ())


def test_what_is_not_confirmed_is_applied_and_said(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    done = apply(con, "geland", "coa_afmeldingen", FILE, written(tmp_path, changed(status='"gemeld"')))
    assert rows(con)[1][4] == "Assen"
    assert [(finding.ernst, finding.zin) for finding in findings(done)] == [
        (
            Ernst.WAARSCHUWING,
            "correcties.toml: correctie 1 op coa_afmeldingen is toegepast, maar de leverancier heeft haar nog niet "
            "bevestigd. Vraag om een antwoord en verander de status, of verwijder de correctie.",
        )
    ]


def test_what_is_agreed_needs_no_words(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert findings(apply(con, "geland", "coa_afmeldingen", FILE, written(tmp_path, CHANGE))) == ()


REPAIRED = changed(status='"hersteld_in_bron"')


def test_what_the_source_mended_is_left_alone_and_said(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("update geland set gemeente = 'Assen' where regel = 3")
    before = rows(con)
    done = apply(con, "geland", "coa_afmeldingen", FILE, written(tmp_path, REPAIRED))
    assert rows(con) == before
    assert [(finding.ernst, finding.zin) for finding in findings(done)] == [
        (
            Ernst.OPMERKING,
            "correcties.toml: correctie 1 op coa_afmeldingen is niet toegepast: de bron is hersteld. Zij kan weg.",
        )
    ]
    assert [row[9:11] for row in listing(done)] == [["hersteld_in_bron", 0]]
    refuse_unapplied(written(tmp_path, REPAIRED), done, ())


ADDED = changed(
    actie='"voeg_toe"',
    kolom="",
    nieuw='{ afmelding_id = "A9" }',
    waar='{ afmelding_id = "A9" }',
    verwacht="",
    status='"hersteld_in_bron"',
)
REMOVED = changed(actie='"verwijder"', kolom="", nieuw="", verwacht="{ rijen = 1 }", status='"hersteld_in_bron"')


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (REPAIRED, "1 rij waarvoor afmelding_id = 'A2', met de oude waarde 'Asten'."),
        (REMOVED, "1 rij waarvoor afmelding_id = 'A2'."),
        (ADDED, "0 rijen waarvoor afmelding_id = 'A9'."),
    ],
    ids=["wijzig", "verwijder", "voeg_toe"],
)
def test_a_source_that_was_not_mended_is_refused(
    text: str, held: str, con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(CorrectieFout) as caught:
        applied(con, written(tmp_path, text))
    assert str(caught.value) == (
        f"correcties.toml, correctie 1: de status is hersteld_in_bron, maar de bron heeft {held} "
        "Vraag de leverancier of de bron is hersteld, en verander de status of de correctie."
    )
    assert rows(con) == ROWS


def test_a_row_that_the_source_added_or_removed_itself(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    con.execute("update geland set afmelding_id = 'A9' where regel = 3")
    assert applied(con, written(tmp_path, ADDED + "\n" + REMOVED)) == [0, 0]


@pytest.mark.parametrize(("day", "refused"), [("2016-07-12", False), ("2016-07-11", True)])
def test_reported_after_the_letter(day: str, refused: bool, tmp_path: Path) -> None:
    (tmp_path / "correcties.toml").write_text(CHANGE, encoding="utf-8")
    if not refused:
        assert len(load(tmp_path, EXTRACTS, date.fromisoformat(day))) == 1
        return
    with pytest.raises(CorrectieFout) as caught:
        load(tmp_path, EXTRACTS, date.fromisoformat(day))
    assert caught.value.regels == (
        "correcties.toml, correctie 1: 'gemeld_op' is 2016-07-12, na de briefdatum 2016-07-11; verbeter de datum, of "
        "noem een latere briefdatum.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[correctie]", "is geen geldige TOML"),
        ("titel = 1", "verwacht alleen blokken [[correctie]]"),
        ("correctie = 3", "verwacht alleen blokken [[correctie]]"),
        ("[[correctie]]", "het veld 'extract' ontbreekt; kies uit coa_afmeldingen, gemeenten_huisvesting."),
        (changed(extract='"coa"'), "'coa' is geen extract"),
        (changed(actie='"wis"'), "'wis' is geen actie; kies uit verwijder, voeg_toe, wijzig."),
        (changed(status='"ja"'), "'ja' is geen status"),
        (changed(status=""), "het veld 'status' ontbreekt"),
        (changed(opmerking='"x"'), "onbekend veld 'opmerking'"),
        (changed(reden=""), "het veld 'reden' ontbreekt"),
        (changed(reden='"fout"'), "korter dan 10 tekens"),
        (changed(gemeld_op=""), "het veld 'gemeld_op' ontbreekt"),
        (changed(gemeld_op='"12-07-2016"'), "het veld 'gemeld_op' ontbreekt of is geen datum"),
        (changed(waar=""), "het veld 'waar' ontbreekt"),
        (changed(waar="{}"), "het veld 'waar' ontbreekt"),
        (changed(waar='{ bestand = "a.csv" }'), "'waar' noemt alleen een bestand"),
        (changed(waar="{ regel = 3 }"), "'regel' in 'waar' kan niet zonder 'bestand'."),
        (changed(waar='{ bestand = "a.csv", regel = 0 }'), "vanaf 1"),
        (changed(waar='{ afmelding_id = ["A1"] }'), "'afmelding_id' in 'waar' heeft geen enkele waarde."),
        (changed(waar="{ afmelding_id = true }"), "'afmelding_id' in 'waar' heeft geen enkele waarde."),
        (changed(waar="{ afmelding_id = 1.5 }"), "'afmelding_id' in 'waar' heeft geen enkele waarde."),
        (changed(kolom=""), "wijzig vraagt om 'kolom' en 'nieuw'"),
        (changed(nieuw=""), "wijzig vraagt om 'kolom' en 'nieuw'"),
        (changed(verwacht=""), "het veld 'verwacht' ontbreekt"),
        (changed(verwacht='"Asten"'), "'verwacht' is een tabel"),
        (changed(verwacht="{ rijen = 1 }"), "wijzig vraagt om 'waarde' in 'verwacht'"),
        (changed(verwacht='{ waarde = "Asten", rijen = 0 }'), "'rijen' in 'verwacht' is een aantal vanaf 1"),
        (changed(verwacht='{ waarde = "Asten", rijen = true }'), "'rijen' in 'verwacht' is een aantal vanaf 1"),
        (changed(verwacht='{ warde = "Asten" }'), "'verwacht' is een tabel"),
        (changed(actie='"verwijder"'), "verwijder heeft geen 'nieuw'."),
        (changed(actie='"verwijder"', nieuw="", kolom=""), "'waarde' in 'verwacht' kan niet zonder 'kolom'."),
        (
            changed(
                actie='"voeg_toe"',
                kolom="",
                verwacht="",
                waar='{ bestand = "a.csv", regel = 3, afmelding_id = "A2" }',
                nieuw='{ afmelding_id = "A2" }',
            ),
            "voeg_toe heeft geen 'regel' in 'waar'.",
        ),
        (changed(actie='"voeg_toe"', kolom="", verwacht=""), "voeg_toe vraagt om 'nieuw' als tabel"),
        (
            changed(actie='"voeg_toe"', kolom="", verwacht="", nieuw='{ afmelding_id = "A8" }'),
            "'afmelding_id' in 'waar' is anders dan in 'nieuw'.",
        ),
    ],
)
def test_what_cannot_be_used(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout) as caught:
        written(tmp_path, text)
    assert message in str(caught.value)


def test_every_problem_at_once(tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout) as caught:
        written(tmp_path, changed(reden="") + "\n" + changed(status=""))
    assert [line.split(":")[0] for line in caught.value.regels] == [
        "correcties.toml, correctie 1",
        "correcties.toml, correctie 2",
    ]


def test_a_list_that_is_too_large(tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout, match="groter dan 1000000 bytes"):
        written(tmp_path, CHANGE + "\n" * 1_000_000)


def test_too_many_corrections(tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout, match="telt 10001 correcties; verwacht ten hoogste 10000"):
        written(tmp_path, "[[correctie]]\n" * 10_001)


def test_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "correcties.toml").write_bytes(CHANGE.replace("gekozen", "gekózen").encode("cp1252"))
    with pytest.raises(CorrectieFout, match="staat niet in UTF-8"):
        load(tmp_path, EXTRACTS)


def test_a_tower_of_brackets(tmp_path: Path) -> None:
    with pytest.raises(CorrectieFout):
        written(tmp_path, "x = " + "[" * 100_000)
