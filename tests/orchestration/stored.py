"""An installation with a storage key and real persons, and what would tell of them wherever it stands.

Belongs here: its commands, and searching. Not here: what must not be found (test_persons.py).
"""

import base64
import hashlib
import io
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pytest

from pipeline.cli import main
from pipeline.core import editions
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.intake.pseudonyms import KEY_VARIABLE, Pseudonymiser
from pipeline.core.storage_key import KEY_VARIABLE as STORAGE_VARIABLE
from pipeline.core.storage_key import Opslagsleutel
from tests.orchestration.packed import unpacked
from tests.wheel import SECRETS

STORAGE = tuple(hashlib.sha256(text).hexdigest() for text in (b"een opslagsleutel", b"de volgende opslagsleutel"))
"""A storage key, and the one that comes after it."""


@dataclass(frozen=True)
class Stored:
    """An installation with a storage key, in `place`: its output, its temporary folder and all that it said."""

    place: Path
    delivery: Path
    said: list[str] = field(default_factory=list)

    @property
    def output(self) -> Path:
        return self.place / "output"

    def enter(self, patch: pytest.MonkeyPatch, key: str = STORAGE[0]) -> None:
        """Its keys, and a temporary folder of its own, are those of this process."""
        (self.place / "tijdelijk").mkdir(exist_ok=True)
        patch.setattr(tempfile, "tempdir", str(self.place / "tijdelijk"))
        for name, value in {**SECRETS, STORAGE_VARIABLE: key, "TMPDIR": str(self.place / "tijdelijk")}.items():
            patch.setenv(name, value)

    def voortgang(self, expected: int, *arguments: str) -> tuple[str, str]:
        """What the command prints where; it ends as expected."""
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            code = main([*arguments, "--output", str(self.output)])
        said = out.getvalue(), err.getvalue()
        assert code == expected, said
        self.said.extend(said)
        return said


def few_documents(
    kept: Path | None = None,
) -> Callable[[duckdb.DuckDBPyConnection, DocumentMeta, Path], Iterable[Path]]:
    """Sets the documents of an edition, or takes those of the edition `kept`, and none of the openbaar one: no person
    is in them, and they cost most. All else is made.
    """
    render = editions._render

    def take(con: duckdb.DuckDBPyConnection, meta: DocumentMeta, folder: Path) -> Iterable[Path]:
        if meta.openbaar:
            return ()
        if kept is None:
            return render(con, meta, folder)
        names = editions.documents(meta.periode)
        for name in names:
            shutil.copyfile(kept / name, folder / name)
        return [folder / name for name in names if name.endswith(".pdf")]

    return take


class Traces:
    """What tells of the persons of a delivery: their V-numbers and pseudonyms, and the numbers of households,
    koppelingen and afmeldingen; and what would open what is kept of them.
    """

    numbers = re.compile(rb"V281[0-9]{7}|(?<![0-9a-f.])281[0-9]{7}(?![0-9a-f])")
    own = re.compile(rb"[AHK][0-9]{7,8}")
    pseudonyms = re.compile(rb"[0-9a-f]{64}")

    def __init__(self, delivery: Path) -> None:
        content = b"".join(path.read_bytes() for path in sorted(delivery.rglob("*.csv")))
        pseudonymiser = Pseudonymiser(bytes.fromhex(SECRETS[KEY_VARIABLE]), sample=False)
        people = {found.decode() for found in self.numbers.findall(content)}
        self.persons = {pseudonymiser.pseudonym(number).encode() for number in people}
        self.known = {*self.persons, *self.own.findall(content)}
        self.keys = [*map(str.encode, SECRETS.values()), *pseudonymiser.pads().values()]
        for text in (SECRETS[KEY_VARIABLE], *STORAGE):
            key = Opslagsleutel(bytes.fromhex(text))
            self.keys += [key.key, *map(str.encode, (text, base64.b64encode(key.key).decode(), key.parquet))]
            self.keys += [key.database.encode(), base64.b64decode(key.parquet), base64.b64decode(key.database)]

    def within(self, content: bytes) -> set[str]:
        """The kinds of what stands in it."""
        found = {"V-nummer"} if self.numbers.search(content) else set()
        found |= {"sleutel"} if any(key in content for key in self.keys) else set()
        some = self.known & {*self.own.findall(content), *self.pseudonyms.findall(content)}
        return found | {"pseudoniem" if one in self.persons else "eigen nummer" for one in some}

    def below(self, place: Path) -> dict[str, set[str]]:
        """What stands in each file, also where it is packed; a file with the bytes of another once."""
        seen, found = set(), {}
        for path in sorted(path for path in place.rglob("*") if path.is_file()):
            if (mark := hashlib.sha256(path.read_bytes()).digest()) not in seen:
                seen.add(mark)
                kinds = set().union(*(self.within(content) for _, content in unpacked(path)))
                found.update({path.relative_to(place).as_posix(): kinds} if kinds else {})
        return found
