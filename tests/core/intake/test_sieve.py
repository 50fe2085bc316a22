"""The fast way for large files: the same tables, the same findings on the same lines as the exact way."""

import hashlib
import threading
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core.intake import largefile, sieve, transcoding
from pipeline.core.intake.reader import AansluitingFout
from tests.core.intake.deliveries import HEADS, Delivery, delivery, lay, said, tables, v_number

FILES = ("coa/personen.csv", "coa/koppelingen.csv", "coa/afmeldingen.csv", "ind/vergunningen.csv", "ind/nareis.csv")


def spoil(rows: Delivery, random: Random, share: float) -> None:
    """Faults of every kind, in place."""
    for file in FILES:
        lines = rows[file]
        for place in range(len(lines)):
            if random.random() < share:
                lines[place] = spoiled(file, lines, place, random)


def spoiled(file: str, lines: list[str], place: int, random: Random) -> str:
    line = lines[place]
    cells = line.split(";")
    at = random.randrange(len(cells))

    def cell(text: str) -> str:
        return ";".join([*cells[:at], text, *cells[at + 1 :]])

    return random.choice(
        [
            line + ";", ";".join(cells[:-1]), cell(f'"{cells[at]}"'), cell(f'"{cells[at]}'),
            cell(f'"{cells[at]}\r\nx"'), "", HEADS[file], random.choice(lines), cell("30-02-2016"), cell(""),
            cell("=A1"), cell("V999000"), cell(v_number(0)), cell('a"b'), ";" * (len(cells) - 1),
            cell(f" {cells[at]}\u00a0"), cell("Sudwest-Fryslan"), cell(cells[at].upper()), cell("Amsterdam\u0301"),
            cell("1 maart 2016"),
        ]
    )  # fmt: skip


Outcome = tuple[tuple[str, ...], dict[str, list[tuple[object, ...]]]]
"""What intake says, and the tables that it leaves."""


def both_ways(con: duckdb.DuckDBPyConnection, folder: Path) -> list[Outcome]:
    """The outcome of the exact way and of the fast way."""
    outcomes: list[Outcome] = []
    usual = largefile.LARGE_BYTES
    try:
        for largefile.LARGE_BYTES in (10**12, 0):
            outcomes.append((said(con, folder), tables(con)))
    finally:
        largefile.LARGE_BYTES = usual
    return outcomes


@given(st.integers(0, 2**32), st.sampled_from([0.01, 0.05, 0.5]))
@settings(max_examples=8, deadline=None)
def test_the_fast_way_is_the_exact_way(
    con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory, seed: int, share: float
) -> None:
    rows = delivery(200)
    spoil(rows, Random(seed), share)
    exact, fast = both_ways(con, lay(tmp_path_factory.mktemp("levering"), rows))
    assert fast == exact


ENCODINGS: list[tuple[str, str]] = [
    ("cp1252", "\r\n"),
    ("utf-16", "\n"),
    ("utf-16-be", "\r\n"),
    ("utf-8", "\r"),
    ("utf-8-sig", "\n\r"),
]


@pytest.mark.parametrize(("codec", "ends"), ENCODINGS, ids=[name for name, _ in ENCODINGS])
def test_the_fast_way_is_the_exact_way_in_every_encoding(
    codec: str, ends: str, con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With faults, NUL signs, the delimiter of the fast way, and signs that the encodings write differently."""
    taken: list[str] = []
    run = sieve.Sieve.run

    def noted(self: sieve.Sieve, *arguments: Any) -> sieve.Sifted:
        sifted = run(self, *arguments)
        taken.append(self.file.name)
        return sifted

    monkeypatch.setattr(sieve.Sieve, "run", noted)
    rows = delivery(200)
    spoil(rows, Random(codec), 0.03)
    rows["coa/personen.csv"][7] = rows["coa/personen.csv"][7].replace("azc Emmen", "azc ‘Émmen’ €")
    rows["coa/personen.csv"][8] = rows["coa/personen.csv"][8].replace("azc Emmen", "azc\0Emmen")
    rows["coa/personen.csv"][9] = rows["coa/personen.csv"][9].replace("azc Emmen", "azc\x1fEmmen")
    folder = lay(tmp_path, rows)
    for number, file in enumerate(FILES):
        path = folder / file
        text = path.read_bytes().decode().replace("\u0301", "").replace("\r\n", ends[number % len(ends)])
        mark = "\ufeff" if codec == "utf-16-be" else ""
        path.write_bytes((mark + text).encode(codec))
    exact, fast = both_ways(con, folder)
    assert fast == exact
    assert taken == list(FILES)
    assert any("NUL" in line for line in fast[0])


def test_the_fast_way_finds_who_is_unknown_to_another_extract(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = delivery()
    rows["coa/afmeldingen.csv"][4] = f"A99999;{v_number(5000)};Assen;10-02-2016;1;regulier;"
    exact, fast = both_ways(con, lay(tmp_path, rows))
    assert fast == exact
    told = [line for line in fast[0] if line.startswith("coa/afmeldingen.csv, regel 6, kolom 'V-nummer': ")]
    assert len(told) == 1 and "staat op geen enkele geaccepteerde regel van coa_personen" in told[0]


def test_the_fast_way_is_taken(con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    run = sieve.Sieve.run

    def noted(self: sieve.Sieve, *arguments: Any) -> sieve.Sifted:
        taken.append(self.file.name)
        return run(self, *arguments)

    monkeypatch.setattr(sieve.Sieve, "run", noted)
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    assert said(con, lay(tmp_path, delivery())) == ()
    assert taken == list(FILES)


def test_a_lost_order_is_noticed_and_the_exact_way_taken(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = delivery(1200)
    rows["coa/koppelingen.csv"][40] = rows["coa/koppelingen.csv"][40].replace("werk", "zomaar")
    folder = lay(tmp_path, rows)
    expected = said(con, folder)
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    monkeypatch.setattr(sieve.Sieve, "_line", property(lambda _: "cast(rowid + 3 as integer)"))
    assert said(con, folder) == expected
    assert "regel 42" in expected[0]


def test_a_lost_line_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, con: duckdb.DuckDBPyConnection
) -> None:
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    file = largefile.look(lay(tmp_path, delivery()) / FILES[0], FILES[0])
    assert file is not None and file.line_count == 31
    broken = object.__new__(sieve.Sieve)
    broken.con, broken.file = con, file
    broken.part = type("Part", (), {"header": type("Header", (), {"last_line": 1})})()
    con.execute(f"create or replace temp table {sieve.CANDIDATES} as select true as __goed from range(29)")
    with pytest.raises(AansluitingFout, match="30 regels onder de kolomkoppen, waarvan 29 gelezen"):
        broken._reconcile_lines()
    con.execute(f"drop table {sieve.CANDIDATES}")


MANY = b"x" * 200
TWO_LINES: list[tuple[bytes, str | None, str]] = [
    (b"a;b\nc;d\n", "plain", "c;d"),
    (b"a;b\r\nc;d\r\n", "plain", "c;d"),
    (b"\xef\xbb\xbfa;b\nc;d", "plain", "c;d"),
    (b"a;b\r\nc;d\n", "utf-8", "c;d"),
    (b"\xef\xbb\xbfa;b\r\nc;d\n", "utf-8-sig", "c;d"),
    (b"a;b\rc;d\n", "utf-8", "c;d"),
    (b"a;b\rc;d", "utf-8", "c;d"),
    (MANY + b";b\nc\0;d\n", "utf-8", "c\0;d"),
    (b"a;b\nc\0;d\n", None, ""),
    (b"a;b\nc\x1f;d\n", "utf-8", "c\x1f;d"),
    (b"a;b\nc\x1f\x1e\x1d\x1c;d\n", None, ""),
    (b"a;b\n\xe9;\x80\n", "cp1252", "é;€"),
    (b"a;b\n\xe9;\x81\n", None, ""),
    ("a;é\n".encode() + b"\xe9;d\n", None, ""),
    (b"\xe9;b\n" + "c;é".encode(), None, ""),
    ("\ufeffa;b\ré;\U0001f600\n".encode("utf-16-le"), "utf-16-le", "é;\U0001f600"),
    ("\ufeffa;b\n\u0a0d;d\r\n".encode("utf-16-be"), "utf-16-be", "\u0a0d;d"),
    ("\ufeffa;b\nc;d\n".encode("utf-16-le")[:-1], None, ""),
    ("\ufeffa;b\nc;d\n".encode("utf-32-le"), None, ""),
    (b"a;b", None, ""),
]


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 1 << 22])
@pytest.mark.parametrize(("data", "way", "second"), TWO_LINES)
def test_which_way_a_large_file_goes(
    data: bytes, way: str | None, second: str, chunk: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    monkeypatch.setattr(transcoding, "CHUNK", chunk)
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    file = largefile.look(path, "a.csv")
    if file is None:
        assert way is None
        return
    assert ("plain" if file.plain else file.codec) == way
    assert (file.line_count, file.size, file.sha256) == (2, len(data), hashlib.sha256(data).hexdigest())
    assert list(file.texts([2])) == [second]
    with duckdb.connect() as con, file.lines(1) as lines:
        assert con.execute(f"select tekst from {lines}").fetchall() == [(second,)]


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\xe9\n"])
def test_a_line_that_is_too_long_does_not_go_the_fast_way(
    end: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(largefile, "LARGE_BYTES", 0)
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;b" + end + b"x" * 1_000_001 + end)
    assert largefile.look(path, "a.csv") is None


def test_a_reader_that_stops_early_stops_the_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a;\xe9\r\n" * 500_000)
    with transcoding.piped(path, "cp1252") as place, Path(place).open("rb") as pipe:
        assert pipe.read(5) == "a;é\n".encode()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("omzetten")]


@given(
    st.lists(st.sampled_from([b"a\r\n", b"\r\n", b"x" * 40 + b"\r\n", "é€\r\n".encode()]), min_size=1, max_size=60),
    st.integers(1, 9),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_pieces_of_any_size_give_the_same_account(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], chunk: int, random: Random
) -> None:
    path = tmp_path_factory.mktemp("regels") / "a.csv"
    path.write_bytes(b"".join(lines))
    usual = transcoding.CHUNK, largefile.LARGE_BYTES
    transcoding.CHUNK, largefile.LARGE_BYTES = chunk, 0
    try:
        file = largefile.look(path, "a.csv")
    finally:
        transcoding.CHUNK, largefile.LARGE_BYTES = usual
    assert file is not None and file.line_count == len(lines)
    texts = [line.decode().rstrip("\r\n") for line in lines]
    with duckdb.connect() as con, file.lines(0) as sql:
        found = con.execute(f"select coalesce(tekst, '') from {sql}").fetchall()
    assert found == [(text,) for text in texts]
    wanted = sorted(random.sample(range(1, len(lines) + 1), random.randint(0, len(lines))))
    assert list(file.texts(wanted)) == [texts[number - 1] for number in wanted]
