"""One letter per deliverer: what came in, what was accepted and refused, and what to do. Plain text, mailed as it is.

Belongs here: selecting and wording, from `levering.herkomst` and `levering.afkeur`. Not here: the findings themselves
(findings.py) and the full list, which the edition holds.

The letter holds no V-numbers: values were masked when they were found, and everything written here is masked again.
"""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.core.intake.findings import GEVOLG, Bevinding, Ernst, quoted
from pipeline.core.intake.pseudonyms import masked

if TYPE_CHECKING:
    import duckdb

FIRST_LINES = 5
"""How many findings of one kind a letter writes out."""

OVERIG = "levering als geheel"
"""Findings about files that nobody delivered, or that were never opened."""

_WIDTH = 100
_PER_FILE = "gemeenten/"
_ORDER = (Ernst.BLOKKADE, Ernst.GEWEIGERD, Ernst.WAARSCHUWING, Ernst.OPMERKING)
_HEADS = {
    Ernst.BLOKKADE: "Hierdoor is het bestand niet gebruikt",
    Ernst.GEWEIGERD: "Geweigerde regels",
    Ernst.WAARSCHUWING: "Gelezen, maar kijk hiernaar",
    Ernst.OPMERKING: "Ter informatie",
}


@dataclass(frozen=True)
class Bestand:
    """One delivered file with its account: physical lines, rows kept, rows refused."""

    bestand: str
    sha256: str | None
    regels: int
    behouden: int
    geweigerd: int


def letters(con: "duckdb.DuckDBPyConnection", periode: str = "") -> tuple[tuple[str, str], ...]:
    """One `<deliverer>.txt` per deliverer: name of the file and text, in the order of the names.

    Reads levering.herkomst and levering.afkeur. Every municipality gets its own letter, also where the contract names
    them all as one deliverer. `periode` stands in the heading.
    """
    files, findings = _files(con), _findings(con)
    owner = {file.bestand: deliverer for deliverer, its in files.items() for file in its}
    own: dict[str, list[Bevinding]] = {deliverer: [] for deliverer in files}
    for finding in findings:
        own.setdefault(owner.get(finding.bestand, OVERIG), []).append(finding)
    return tuple(
        (f"{name}.txt", letter(deliverer, files.get(deliverer, []), own[deliverer], periode))
        for deliverer, name in _file_names(sorted(own))
    )


def letter(deliverer: str, files: list[Bestand], findings: list[Bevinding], periode: str) -> str:
    """The text for one deliverer."""
    of = f" van {periode}" if periode else ""
    lines = [f"Levering{of}: wat er met uw bestanden is gebeurd", "", f"Leverancier: {deliverer}", ""]
    lines += [*_came_in(files), *_conclusion(files, findings)]
    names = [file.bestand for file in files]
    names += sorted({finding.bestand for finding in findings} - set(names))
    for name in names:
        own = [finding for finding in findings if finding.bestand == name]
        if own:
            unused = any(file.bestand == name and not file.behouden + file.geweigerd for file in files)
            lines += ["", name, "-" * len(name), *_about(own, unused=unused)]
    return masked("\n".join(lines)) + "\n"


def _files(con: "duckdb.DuckDBPyConnection") -> dict[str, list[Bestand]]:
    rows = con.execute(
        """
        select leverancier, bestand, sha256, regels, rijen_behouden, rijen_geweigerd
        from levering.herkomst
        order by leverancier, bestand
        """
    ).fetchall()
    files: dict[str, list[Bestand]] = {}
    for deliverer, name, *rest in rows:
        own = f"gemeente {Path(name).stem}" if name.startswith(_PER_FILE) else deliverer
        files.setdefault(own, []).append(Bestand(name, *rest))
    return files


def _findings(con: "duckdb.DuckDBPyConnection") -> list[Bevinding]:
    rows = con.execute(
        """
        select bestand, reden, herstel, ernst, controle, blad, regel, kolom
        from levering.afkeur
        order by bestand, blad nulls first, regel nulls first, kolom nulls first, controle, reden
        """
    ).fetchall()
    return [
        Bevinding(name, reason, remedy or "", Ernst(severity), kind, sheet, line, column)
        for name, reason, remedy, severity, kind, sheet, line, column in rows
    ]


def _file_names(deliverers: list[str]) -> Iterator[tuple[str, str]]:
    """A safe and different file name for each deliverer."""
    used: set[str] = set()
    for deliverer in deliverers:
        base = re.sub(r"[^a-z0-9]+", "-", masked(deliverer).casefold()).strip("-")[:80] or "leverancier"
        name, number = base, 2
        while name in used:
            name, number = f"{base}-{number}", number + 1
        used.add(name)
        yield deliverer, name


def _came_in(files: list[Bestand]) -> list[str]:
    if not files:
        return ["Van deze leverancier is geen bestand gelezen."]
    lines = ["Wat er binnenkwam"]
    for file in files:
        lines.append(
            f"  {file.bestand}: {_count(file.behouden + file.geweigerd)}, waarvan {_number(file.behouden)} gebruikt en "
            f"{_number(file.geweigerd)} geweigerd."
        )
        if file.sha256:
            lines.append(f"    controlegetal (sha256) {file.sha256[:16]}…")
    return lines


def _conclusion(files: list[Bestand], findings: list[Bevinding]) -> list[str]:
    unused = {file.bestand for file in files if not file.behouden + file.geweigerd}
    blocked = {finding.bestand for finding in findings if _unused(finding, finding.bestand in unused)}
    refused = sum(file.geweigerd for file in files)
    if blocked:
        names = ", ".join(sorted(blocked))
        return ["", f"Niet gebruikt: {names}. Herstel wat hieronder staat en lever opnieuw aan."]
    if refused:
        return ["", f"{_count(refused)} geweigerd. Herstel wat hieronder staat en lever opnieuw aan."]
    if any(finding.ernst is Ernst.WAARSCHUWING for finding in findings):
        return ["", "Alles is gelezen; kijk naar de punten hieronder."]
    return ["", "Alles is gelezen. U hoeft niets te doen."]


def _unused(finding: Bevinding, without_rows: bool) -> bool:
    """Whether the finding is why a whole file is not used: one of several files is refused, not blocked."""
    whole = without_rows and finding.ernst is Ernst.GEWEIGERD and finding.regel is None
    return whole or finding.ernst is Ernst.BLOKKADE


def _about(findings: list[Bevinding], *, unused: bool) -> list[str]:
    """The findings of one file: by severity, then by kind, each kind counted and its first lines written out."""
    lines: list[str] = []
    for severity in _ORDER:
        own = [finding for finding in findings if _severity(finding, unused) is severity]
        if not own:
            continue
        lines += ["", _HEADS[severity]]
        kinds = dict.fromkeys(finding.controle for finding in own)
        for kind in kinds:
            lines += _kind(kind, [finding for finding in own if finding.controle == kind])
    return lines


def _severity(finding: Bevinding, unused: bool) -> Ernst:
    return Ernst.BLOKKADE if _unused(finding, unused) else finding.ernst


def _kind(kind: str, findings: list[Bevinding]) -> list[str]:
    lines = [f"  {kind} ({_number(len(findings))} keer)"]
    remedies = list(dict.fromkeys(finding.herstel for finding in findings if finding.herstel))
    one = remedies[0] if len(remedies) == 1 else None
    shown = 1 if kind == GEVOLG else FIRST_LINES
    for finding in findings[:shown]:
        remedy = "" if one is not None else finding.herstel
        lines += _wrapped(f"{_place(finding)}{finding.reden} {remedy}".rstrip(), "    - ", "      ")
    hidden = len(findings) - shown
    if hidden > 0:
        lines.append(f"    en nog {_number(hidden)}")
    if one is not None:
        lines += _wrapped(f"Wat u kunt doen: {one}", "    ", "    ")
    return lines


def _place(finding: Bevinding) -> str:
    parts = [f"blad {quoted(finding.blad)}"] if finding.blad is not None else []
    if finding.regel is not None:
        # An added row has the negative number of its correction as line.
        parts.append(f"regel {finding.regel}" if finding.regel > 0 else f"correctie {-finding.regel}")
    parts += [f"kolom {quoted(finding.kolom)}"] if finding.kolom is not None else []
    return f"{', '.join(parts)}: " if parts else ""


def _wrapped(text: str, first: str, further: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=further, break_long_words=False, break_on_hyphens=False
    )


def _count(rows: int) -> str:
    return "1 rij" if rows == 1 else f"{_number(rows)} rijen"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
