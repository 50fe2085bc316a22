"""V-numbers become pseudonyms before anything else sees them.

Belongs here: the key, HMAC-SHA-256 in SQL, and masking what is shown. Not here: landing (reader.py), rules.

The pseudonym is the HMAC-SHA-256 (hex) of the canonical V-number, `V` and ten digits, under the secret key of the
installation. Only tables in memory hold V-numbers, and those are dropped; the key goes into DuckDB as a parameter,
never as SQL text.
"""

# Names in the SQL come from shipped contracts and are checked there; values are literals() or parameters.
# ruff: noqa: S608

import hashlib
import hmac
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.errors import GebruiksFout, InvoerFout
from pipeline.core.intake.sqltext import identifier, literal, stripped
from pipeline.core.sealed import spill_encrypted

if TYPE_CHECKING:
    import duckdb

KEY_VARIABLE = "VOORTGANG_PSEUDONIEM_SLEUTEL"

PUBLIC_KEY = hashlib.sha256(b"voortgang: openbare sleutel, alleen voor de gegenereerde voorbeeldlevering").digest()
"""The key of generated deliveries, so that everybody gets the same pseudonyms. Public: it protects nobody."""

SAMPLE_MARK = "voorbeeld.toml"

PSEUDONYMS = "intake_pseudoniemen"
"""Temporary table (nummer bigint, persoon varchar): every V-number met in this delivery, once."""

_BLOCK = 64
_SHORTEST_KEY = 32
# Of 32 random bytes fewer than 16 are different only once in more than a billion billion; a typed pattern has few.
_DISTINCT_BYTES = 16
_SHAPE = "[Vv]? ?[0-9]{10}"
# A generated delivery may hold no number that a real person could have.
_SAMPLE_SHAPE = "[Vv]? ?999[0-9]{7}"
# \d: also digits of other scripts. Two signs at most may stand between two digits; letters never.
_GAP = r"[\W_]{0,2}"
# Numbers of lines, as the findings list them, come first: they are kept.
_LINES = r"\bregels? [0-9]{1,7}(?:, [0-9]{1,7})+(?![0-9])"
# So are the numbers of afmeldingen, koppelingen and huishoudens, as the contracts show them.
_OWN_NUMBERS = r"(?<![^\W_])[AKH][0-9]{7,8}(?![\W_]{0,2}\d)"
_V_NUMBER = re.compile(
    rf"{_LINES}|{_OWN_NUMBERS}|(?<![^\W\d_])[Vv\uff36\uff56]{_GAP}(?:\d{_GAP}){{3,}}\d|\d(?:{_GAP}\d)+"
)
# A mistyped date, such as one with month 13 or the month first, must stay readable too.
_YEAR, _DAY = "(?:19|20)[0-9]{2}", "(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = _DAY
_TWO = "[0-9]{2}"
_DATE_TEXT = (
    rf"(?:{_DAY}([-./ ]){_MONTH}\1{_YEAR}|{_YEAR}([-./ ]){_MONTH}\2{_DAY}"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2]){_YEAR})"
    rf"(?: {{1,2}}[0-9]{{1,2}}:{_TWO}(?::{_TWO}(?:\.[0-9]{{1,6}})?)?)?"
)
_DATE = re.compile(rf"(?<!\d){_DATE_TEXT}(?!\d)")
# Among ten digits or fewer a date counts only when no digit is near: 12-01-2016-34 can be a V-number.
_LONE_DATE = re.compile(rf"(?<!\d)(?<!\d[\W_]){_DATE_TEXT}(?![\W_]?\d)")
# Nine digits with decimals, eight without: 1.234.567,89. What is longer could as well be a V-number in groups.
_AMOUNT = re.compile(r"[0-9]{1,2}(?:\.[0-9]{3}){2}|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]{1,2}|[0-9]{1,7},[0-9]{1,2}")
_DIGITS = 10
_FEWEST_DIGITS = 8
_SHOWN_DIGITS = 3


class SleutelFout(GebruiksFout):
    """The key for pseudonyms is missing, is no key, or does not belong to this delivery."""


@dataclass(frozen=True)
class Pseudonymiser:
    """The key of one delivery; `sample`: the public key of a generated one."""

    key: bytes
    sample: bool

    def __repr__(self) -> str:
        return f"Pseudonymiser(sample={self.sample})"

    def pseudonym(self, canonical: str) -> str:
        """The pseudonym of a canonical V-number, as the SQL makes it."""
        return hmac.new(self.key, canonical.encode(), hashlib.sha256).hexdigest()

    def pads(self) -> dict[str, bytes]:
        """The two key blocks of HMAC (RFC 2104), the parameters of `hmac_sql`."""
        key = hashlib.sha256(self.key).digest() if len(self.key) > _BLOCK else self.key
        block = key.ljust(_BLOCK, b"\0")
        return {"binnen": bytes(byte ^ 0x36 for byte in block), "buiten": bytes(byte ^ 0x5C for byte in block)}

    @property
    def shape(self) -> str:
        """The pattern of an accepted V-number."""
        return _SAMPLE_SHAPE if self.sample else _SHAPE


def is_sample(folder: Path) -> bool:
    """Whether the delivery says that it is generated; InvoerFout when its mark cannot be read."""
    mark = folder / SAMPLE_MARK
    if not mark.is_file():
        return False
    try:
        return tomllib.loads(mark.read_text(encoding="utf-8")).get("gegenereerd") is True
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvoerFout(
            f"{SAMPLE_MARK} is niet te lezen, dus het is niet zeker of deze levering gegenereerd is; verwijder het "
            "bestand of herstel het"
        ) from error


def pseudonymiser_for(*, sample: bool, environment: Mapping[str, str] | None = None) -> Pseudonymiser:
    """The key that belongs to a delivery: the public one for a generated delivery and for no other.

    Raises SleutelFout when a delivery with real persons comes without a secret key.
    """
    if sample:
        return Pseudonymiser(PUBLIC_KEY, sample=True)
    text = (os.environ if environment is None else environment).get(KEY_VARIABLE, "").strip()
    if not text:
        raise SleutelFout(
            f"deze levering bevat V-nummers en er is geen sleutel om ze te vervangen; zet {KEY_VARIABLE} op een "
            f"geheime sleutel van ten minste {_SHORTEST_KEY} bytes, hexadecimaal geschreven"
        )
    key = read_key(text, KEY_VARIABLE)
    return Pseudonymiser(key, sample=False)


def read_key(text: str, where: str) -> bytes:
    """The secret key that is written as `text`, hexadecimal; SleutelFout names `where` it stands, never what."""
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) < _SHORTEST_KEY or len(set(key)) < _DISTINCT_BYTES:
        # The key is not repeated, and no cause is named: messages end up in logs.
        raise SleutelFout(
            f"{where} is geen sleutel; verwacht ten minste {_SHORTEST_KEY} bytes, hexadecimaal geschreven "
            f"({2 * _SHORTEST_KEY} tekens), willekeurig gekozen; maak er een met: openssl rand -hex {_SHORTEST_KEY}"
        )
    # HMAC pads a key with zeros, so a key that only ends in more of them is the same key.
    if hmac.compare_digest(key.rstrip(b"\0"), PUBLIC_KEY.rstrip(b"\0")):
        raise SleutelFout(
            f"{where} is de openbare sleutel van de voorbeeldlevering; die beschermt niemand. Kies een eigen sleutel"
        )
    return key


def hmac_sql(text: str) -> str:
    """HMAC-SHA-256 (hex) of the text, with the parameters $binnen and $buiten (`Pseudonymiser.pads`)."""
    return f"sha256($buiten::blob || unhex(sha256($binnen::blob || encode({text}))))"


def canonical_sql(nummer: str) -> str:
    """The canonical V-number of the number."""
    return f"('V' || lpad(cast({nummer} as varchar), 10, '0'))"


def number_sql(text: str, shape: str) -> str:
    """The ten digits of a V-number as a number, NULL where it has not the shape."""
    return f"case when regexp_full_match({text}, {literal(shape)}) then cast(right({text}, 10) as bigint) end"


def masked_sql(text: str) -> str:
    """What may be shown of a cell that should hold a V-number: its first three digits."""
    cut = f"left(regexp_replace({text}, '^((?:[^0-9]*[0-9]){{{_SHOWN_DIGITS}}}).+$', '\\1…', 's'), 40)"
    # Digits of other scripts are not counted above, so of such a cell nothing is shown.
    return f"case when regexp_matches({text}, '[^\\x00-\\x7F]') then '…' else {cut} end"


def mask_column(name: str) -> str:
    """The column beside a column of pseudonyms that holds what may be shown."""
    return f"{name}__masker"


def prepare(con: "duckdb.DuckDBPyConnection") -> None:
    """Make the empty table of pseudonyms; from here on temporary files of the database are encrypted."""
    spill_encrypted(con)
    con.execute(f"create or replace temp table {PSEUDONYMS} (nummer bigint, persoon varchar)")


def store_pseudonyms(con: "duckdb.DuckDBPyConnection", numbers: str, pseudonymiser: Pseudonymiser) -> None:
    """Add the numbers of the query `numbers` (one column, `nummer`) that are not in the table of pseudonyms yet."""
    con.execute(
        f"""
        insert into {PSEUDONYMS}
        select nummer, {hmac_sql(canonical_sql("nummer"))}
        from (select distinct nummer from ({numbers}) where nummer is not null) as nieuw
        anti join {PSEUDONYMS} as oud using (nummer)
        """,
        pseudonymiser.pads(),
    )


def pseudonymise(
    con: "duckdb.DuckDBPyConnection", table: str, columns: Sequence[str], pseudonymiser: Pseudonymiser
) -> None:
    """Replace the V-numbers in `columns` of the landed temporary table by pseudonyms; what is none stays, masked.

    Beside each column comes `<column>__masker` with what a message may show.
    """
    for column in columns:
        text = f"nullif({stripped(identifier(column))}, '')"
        shown = identifier(mask_column(column))
        con.execute(
            f"""
            create or replace temp table {identifier(table)} as
            select * exclude ({identifier(column)}),
            {number_sql(text, pseudonymiser.shape)} as "__nummer", {masked_sql(text)} as {shown}
            from {identifier(table)}
            """
        )
        store_pseudonyms(con, f'select "__nummer" as nummer from {identifier(table)}', pseudonymiser)
        con.execute(
            f"""
            create or replace temp table {identifier(table)} as
            select g.* exclude ("__nummer"), coalesce(p.persoon, g.{shown}) as {identifier(column)}
            from {identifier(table)} as g
            left join {PSEUDONYMS} as p on p.nummer = g."__nummer"
            """
        )


def forget(con: "duckdb.DuckDBPyConnection") -> None:
    """Drop the table that knows which number is which pseudonym."""
    con.execute(f"drop table if exists {PSEUDONYMS}")


def masked(text: str) -> str:
    """`text` with everything that can be a V-number cut to its first three digits.

    That is a V with four digits or more, or eight digits or more, whatever signs stand between them. A date, a day with
    its time and an amount stay readable.
    """

    def cut(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] in "Vv\uff36\uff56":
            return f"V{_first_digits(found)}"
        return _between_dates(found) if found[0].isdecimal() else found

    return _V_NUMBER.sub(cut, text)


def _between_dates(run: str) -> str:
    parts, end = list[str](), 0
    for date in (_DATE if _count(run) > _DIGITS else _LONE_DATE).finditer(run):
        parts += [_cut_number(run[end : date.start()]), date[0]]
        end = date.end()
    return "".join((*parts, _cut_number(run[end:])))


def _cut_number(run: str) -> str:
    if _count(run) < _FEWEST_DIGITS or (_count(run) < _DIGITS and _AMOUNT.fullmatch(run)):
        return run
    return _first_digits(run)


def _count(run: str) -> int:
    return sum(sign.isdecimal() for sign in run)


def _first_digits(run: str) -> str:
    return "".join([sign for sign in run if sign.isdecimal()][:_SHOWN_DIGITS]) + "…"


def line_shape(text: str) -> str:
    """A line of which nothing may be read: 9 for a digit, x for a letter, other signs as they are."""
    return "".join("9" if sign.isnumeric() else "x" if sign.isalpha() else sign for sign in text)
