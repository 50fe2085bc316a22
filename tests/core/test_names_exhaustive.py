"""Every misspelling of one edit of every municipality of 2016 is refused, and the right name is offered.

Exhaustive, because distance is no evidence: Ede and Epe, Haren and Laren, Beek and Leek, Assen and Asten are one letter
apart, so any rule that forgives a letter moves persons to another municipality.
"""

import string
from collections.abc import Iterator

import duckdb
import pytest

from pipeline.core.intake.lookups import make_lookup
from pipeline.core.intake.rowstore import insert_rows
from pipeline.core.intake.sqltext import normalised
from pipeline.core.periods import Periode
from pipeline.core.reference import _names, load_reference, suggest

HALF = Periode(2016, 1)
LOOKUP = "opzoek"
OFFERED = 3
DRAWN = 2
"""How many misspellings per municipality are put to `suggest` itself, spread over all of them."""


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        load_reference(connection)
        days = make_lookup(connection, "gemeenten.gemeentecode", "opzoek_alle_dagen")
        stretch = sum(day <= HALF.begin for day in days)
        connection.execute(
            f"create temp table {LOOKUP} as select alias, code from opzoek_alle_dagen where tijdvak = {stretch}"
        )
        yield connection


def misspellings(name: str, letters: str = string.ascii_lowercase) -> set[str]:
    """All spellings at one deletion, insertion, substitution (by one of `letters`) or transposition of neighbours."""
    cuts = [(name[:place], name[place:]) for place in range(len(name) + 1)]
    return {
        *(left + right[1:] for left, right in cuts if right),
        *(left + letter + right for left, right in cuts for letter in letters),
        *(left + letter + right[1:] for left, right in cuts if right for letter in letters),
        *(left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1),
    } - {name}


@pytest.fixture(scope="module")
def written(con: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    """Per CBS name of 2016 its misspellings that are no name themselves."""
    names = [name for (name,) in con.execute("select gemeente from referentie.gemeenten where jaar = 2016").fetchall()]
    aliases = {alias for (alias,) in con.execute(f"select alias from {LOOKUP}").fetchall()}
    assert len(names) == 390
    return {name: {word for word in misspellings(name) if tidy(word) not in aliases} for name in sorted(names)}


def tidy(word: str) -> str:
    """What intake does to a name before it looks it up: spaces, nothing else."""
    return " ".join(word.split())


def test_one_edit_is_enough_to_be_refused(con: duckdb.DuckDBPyConnection, written: dict[str, set[str]]) -> None:
    words = sorted({word for words in written.values() for word in words})
    assert len(words) > 200_000
    con.execute("create or replace temp table geschreven (naam varchar)")
    insert_rows(con, "geschreven", [(word,) for word in words])
    query = f"select naam, code from geschreven inner join {LOOKUP} on alias = {normalised('naam')}"
    assert con.execute(query).fetchall() == []
    assert con.execute("select count(*) from geschreven").fetchall() == [(len(words),)]


def test_one_edit_of_any_accepted_spelling_by_any_sign_is_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Not only of the CBS names and not only by a small letter: capitals, digits, points, hyphens and accents too."""
    accepted = {alias for (alias,) in con.execute(f"select alias from {LOOKUP}").fetchall()}
    signs = "".join(sorted({sign for name in accepted for sign in name} | set(string.ascii_letters + string.digits)))
    words = {word for name in accepted for word in misspellings(name, signs)}
    wrong = sorted(word for word in words if tidy(word) not in accepted)
    assert len(wrong) > 600_000
    con.execute("create or replace temp table geschreven (naam varchar)")
    insert_rows(con, "geschreven", [(word,) for word in wrong])
    query = f"select naam, code from geschreven inner join {LOOKUP} on alias = {normalised('naam')}"
    assert con.execute(query).fetchall() == []
    assert con.execute("select count(*) from geschreven").fetchall() == [(len(wrong),)]


def test_what_one_edit_can_reach_is_another_name_and_means_that_one(con: duckdb.DuckDBPyConnection) -> None:
    """The misspellings that are names themselves: they mean what they say, so nothing may be corrected towards them."""
    codes = dict(con.execute(f"select alias, code from {LOOKUP}").fetchall())
    reached = {
        (name, other)
        for name in codes
        for word in misspellings(name)
        if (other := tidy(word)) in codes and codes[other] != codes[name]
    }
    for pair in (("Ede", "Epe"), ("Haren", "Laren"), ("Beek", "Leek"), ("Assen", "Asten")):
        assert len({pair, pair[::-1]} & reached) or any(sorted(pair) == sorted(item) for item in near(codes))
    assert all(codes[one] != codes[other] for one, other in reached)


def near(codes: dict[str, str]) -> set[tuple[str, str]]:
    """Pairs of names of one length that differ in one letter, capitals too: a to z do not reach Leek from Beek."""
    names = sorted(codes)
    return {
        (one, other)
        for number, one in enumerate(names)
        for other in names[number + 1 :]
        if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    }


def test_the_right_name_is_among_at_most_three_at_one_edit(written: dict[str, set[str]]) -> None:
    """`suggest` puts the names at one edit first and offers three, so it offers the right one wherever no more than
    three are that near; where more are, it is asked itself.
    """
    around = neighbours()
    crowded, lost = [], []
    for name, words in written.items():
        for word in words:
            close = around.get(word.strip().casefold(), set())
            if name not in close:
                lost.append((word, name))
            elif len(close) > OFFERED:
                crowded.append((word, name))
    assert lost == []
    assert [(word, name) for word, name in crowded if name not in suggest(word, HALF.jaar)] == []


def test_names_at_one_edit_are_offered_before_others(written: dict[str, set[str]]) -> None:
    """The other half of the proof, on a few misspellings of every name: `suggest` itself takes 4 ms each."""
    around = neighbours()
    missed = []
    for number, (name, words) in enumerate(written.items()):
        ordered = sorted(words)
        for word in ordered[number % 50 :: 1 + len(ordered) // DRAWN]:
            close = around[word.strip().casefold()]
            offered = suggest(word, HALF.jaar)
            if name not in offered or set(offered[: len(close)]) - close:
                missed.append((word, name))
    assert missed == []


def neighbours() -> dict[str, set[str]]:
    """Per spelling the CBS names that it is one edit away from, whatever sign was added or put in place."""
    cbs_names, codes = _names(HALF.jaar)
    letters = "".join(sorted({sign for spelling in codes for sign in spelling} | set(string.ascii_lowercase)))
    around: dict[str, set[str]] = {}
    for spelling, owners in codes.items():
        names = {cbs_names[code] for code in owners}
        for word in {spelling, *misspellings(spelling, letters)}:
            around.setdefault(word.strip(), set()).update(names)
    return around


def test_the_corpus_is_what_it_says() -> None:
    assert misspellings("Ab") >= {"b", "A", "bA", "aAb", "Abz", "Az", "zb", "Axb"}
    assert "Ab" not in misspellings("Ab")
