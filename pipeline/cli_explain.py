"""The command `verklaar`: one figure of an edition, from its definition to the rows behind it.

Belongs here: its options and what it prints. Not here: any work (core/explain). What is heavy is imported where it is
needed, so that `--help` answers at once.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli_editions import busy
from pipeline.core.errors import GebruiksFout
from pipeline.core.periods import Periode
from pipeline.exit_codes import GEMAAKT, MET_WAARSCHUWING

if TYPE_CHECKING:
    from pipeline.core.explain.explain import Bewijs, Verklaring

_SHOWN_ROWS = 20
_SHOWN_FILES = 6
_SHOWN_READS = 8
# Of a hash or a pseudonym that only has to be told from others on the screen.
_SHORT = 16


def add_explain_command(commands: Any, periode: Callable[[str], Any]) -> None:
    """Add the command to the parser of `voortgang`; `periode` reads a half-year."""
    command = commands.add_parser(
        "verklaar",
        help="leg een cijfer uit: definitie, herkomst en de rijen erachter",
        usage="%(prog)s [PERIODE] CIJFER [--gemeente NAAM | --provincie NAAM | --regio NAAM] [opties]",
        description="Voorbeeld: voortgang verklaar 2016-I koppelingen.langer_dan_norm --gemeente Amsterdam",
        epilog="De rijen zijn personen onder pseudoniem: behandel ze als persoonsgegevens.",
    )
    command.add_argument(
        "wat",
        nargs="+",
        metavar="CIJFER",
        help="naam van het cijfer; ervoor mag een halfjaar (standaard het nieuwste met een editie)",
    )
    command.add_argument("--periode", type=periode, metavar="PERIODE", help="halfjaar, als het niet vooraan staat")
    area = command.add_mutually_exclusive_group()
    area.add_argument("--gemeente", metavar="NAAM", help="naam of code van een gemeente (zonder gebied: Nederland)")
    area.add_argument("--provincie", metavar="NAAM", help="naam of code van een provincie")
    area.add_argument("--regio", metavar="NAAM", help="naam of code van een arbeidsmarktregio")
    command.add_argument(
        "--editie", type=int, metavar="N", help="nummer van de editie (standaard de gepubliceerde, anders de nieuwste)"
    )
    command.add_argument("--rijen-bestand", type=Path, metavar="CSV", help="schrijf alle rijen naar dit nieuwe bestand")
    command.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    command.add_argument(
        "--json", action="store_true", help="uitkomst met alle rijen als JSON, voor andere programma's"
    )
    command.set_defaults(run=_verklaar)


def _verklaar(arguments: argparse.Namespace) -> int:
    from pipeline.core.config import load_settings
    from pipeline.core.explain.explain import explain_figure

    cijfer_id, periode = _asked(arguments.wat, arguments.periode)
    if arguments.rijen_bestand is not None and arguments.rijen_bestand.exists():
        raise GebruiksFout(f"{arguments.rijen_bestand} bestaat al; geef met --rijen-bestand een nieuw bestand")
    if arguments.rijen_bestand is not None and not arguments.rijen_bestand.absolute().parent.is_dir():
        raise GebruiksFout(f"de map {arguments.rijen_bestand.parent} bestaat niet; maak haar eerst, of noem een andere")
    soort, naam = next(
        (
            (kind, given)
            for kind, given in (
                ("gemeente", arguments.gemeente),
                ("provincie", arguments.provincie),
                ("arbeidsmarktregio", arguments.regio),
            )
            if given is not None
        ),
        ("land", ""),
    )
    with busy(f"{cijfer_id} wordt verklaard"):
        found = explain_figure(
            load_settings(output=arguments.output).output,
            cijfer_id,
            periode=periode,
            nummer=arguments.editie,
            soort=soort,
            naam=naam,
        )
    if arguments.rijen_bestand is not None:
        from pipeline.core.explain.rowsfile import write_rows

        write_rows(found.bewijs, arguments.rijen_bestand)
    if arguments.json:
        print(json.dumps(found.as_dict(), ensure_ascii=False, indent=2, default=str))
    else:
        for line in lines_of(found):
            print(line)
        if arguments.rijen_bestand is not None:
            print(f"\nAlle {len(found.bewijs.rijen)} rijen staan in {arguments.rijen_bestand}.")
    if found.klopt:
        return GEMAAKT
    print(f"voortgang: let op: {_mismatch(found)}", file=sys.stderr)
    return MET_WAARSCHUWING


def _asked(words: Sequence[str], periode: Periode | None) -> tuple[str, Periode | None]:
    """The figure and the half-year: `CIJFER` or `PERIODE CIJFER`, and `--periode`."""
    *before, cijfer_id = words
    if len(before) > 1:
        raise GebruiksFout(f"geef één cijfer en hooguit één halfjaar ervoor, niet {' '.join(words)!r}")
    first = Periode.parse(before[0]) if before else None
    if first is not None and periode is not None and first != periode:
        raise GebruiksFout(f"vooraan staat {first} en bij --periode {periode}; geef er één")
    return cijfer_id, first or periode


def _mismatch(found: "Verklaring") -> str:
    return (
        f"de editie zegt {found.afgedrukt}, maar uit haar bronnen komt nu {found.bewijs.uitkomst}; het programma is "
        f"sindsdien veranderd. voortgang verifieer {found.periode} {found.editie} zegt wat er anders is"
    )


def lines_of(found: "Verklaring") -> list[str]:
    """The explanation as text for an analyst."""
    counts = ", de gepubliceerde" if found.gepubliceerd else ""
    return [
        f"{found.naam} ({found.cijfer_id})",
        f"{found.gebied.naam} ({found.gebied.code}), {found.periode}, editie {found.editie}{counts}, "
        f"peildatum {found.peildatum}",
        "",
        f"Waarde: {found.afgedrukt}{'' if found.waarde is None or found.eenheid == 'procent' else f' {found.eenheid}'}",
        f"Definitie: {found.definitie}",
        *([f"Grondslag: {found.grondslag}"] if found.grondslag else []),
        f"Bron: {found.bron}",
        "",
        *_proof_lines(found),
        "",
        "De weg (tabel, rijen, leest):",
        *(f"  {step.tabel}: {step.rijen}{_reads(step.leest)}" for step in found.weg),
        "",
        *_file_lines(found),
        *_correction_lines(found),
        *_row_lines(found.bewijs),
    ]


def _reads(leest: Sequence[str]) -> str:
    """What a table reads; of the register itself only how many tables, since each holds other figures."""
    if len(leest) > _SHOWN_READS:
        return f" < {len(leest)} tabellen"
    return f" < {', '.join(leest)}" if leest else ""


def _proof_lines(found: "Verklaring") -> list[str]:
    proof = found.bewijs
    outcome = "geen waarde" if proof.uitkomst is None else str(proof.uitkomst)
    if proof.formule is not None:
        parts = [f"  {part.cijfer_id} = {part.waarde} ({part.naam})" for part in proof.delen]
        return [f"Berekend als {proof.formule} = {outcome}", *parts]
    same = "" if found.waarde is None else ", gelijk aan de waarde" if found.klopt else ", NIET gelijk aan de waarde"
    condition = f" waarvoor {proof.waar}" if proof.waar else ""
    return [
        f"Geteld: {proof.wat}",
        f"  {proof.korrel}; {len(proof.rijen)} rijen{condition}",
        f"  {proof.telt} = {outcome}{same}",
    ]


def _file_lines(found: "Verklaring") -> list[str]:
    lines = ["Geleverde bestanden (gelezen, behouden, geweigerd, sha256):"]
    lines += [
        f"  {file.bestand}: {file.rijen_gelezen}, {file.rijen_behouden}, {file.rijen_geweigerd}, {file.sha256}"
        for file in found.bestanden[:_SHOWN_FILES]
    ]
    if more := found.bestanden[_SHOWN_FILES:]:
        sums = (sum(f.rijen_gelezen for f in more), sum(f.rijen_behouden for f in more))
        rejected = sum(f.rijen_geweigerd for f in more)
        lines.append(f"  en nog {len(more)} (met --json staan ze er alle): {sums[0]}, {sums[1]}, {rejected}")
    if not found.bestanden:
        lines.append("  geen: dit cijfer rust op instellingen of openbare gegevens")
    frozen = dict.fromkeys((f.bevroren, f.bevroren_sha256) for f in found.bestanden)
    lines += [f"  bevroren als {name}, sha256 {sha256}" for name, sha256 in frozen]
    lines += [
        f"  uit editie {file['editie']} van {file['periode']}: {file['bestand']}, sha256 {file['sha256']}"
        for file in found.eerder
    ]
    lines += [f"  openbaar: {file['bestand']}, sha256 {file['sha256']}" for file in found.referentie]
    return [*lines, ""]


def _correction_lines(found: "Verklaring") -> list[str]:
    if not found.correcties:
        return ["Correcties op deze bestanden: geen", ""]
    lines = ["Correcties op deze bestanden:"]
    for one in found.correcties:
        change = f"{one.kolom}: {one.oud or 'leeg'} wordt {one.nieuw or 'leeg'}" if one.kolom else one.nieuw
        touched = (
            "of zij deze rijen raakt, is niet te zeggen"
            if one.raakt is None
            else f"noemt {one.raakt} van de rijen hieronder"
        )
        lines.append(
            f"  {one.volgnummer}. {one.extract}, {one.waar or 'nieuwe rij'}: {one.actie.replace('_', ' ')} "
            f"{change}; {one.reden} ({one.status}, {one.rijen} rijen; {touched})"
        )
    return [*lines, ""]


def _row_lines(proof: "Bewijs") -> list[str]:
    """The first rows, without the columns that say the same of all: those stand once above them."""
    if not proof.rijen:
        return ["Rijen: geen" if proof.lijst else "Rijen: zie de cijfers waaruit dit cijfer is berekend"]
    same = [n for n in range(len(proof.kolommen)) if len(proof.rijen) > 1 and len({row[n] for row in proof.rijen}) == 1]
    kept = [n for n in range(len(proof.kolommen)) if n not in same]
    shown = [[_cell(row[n]) for n in kept] for row in proof.rijen[:_SHOWN_ROWS]]
    heads = [proof.kolommen[n] for n in kept]
    widths = [max(len(head), *(len(row[n]) for row in shown)) for n, head in enumerate(heads)]
    lines = [f"Rijen ({len(shown)} van {len(proof.rijen)}):"]
    if same:
        lines.append(f"  alle: {', '.join(f'{proof.kolommen[n]} {_cell(proof.rijen[0][n])}' for n in same)}")
    lines += [
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (heads, *shown)
    ]
    if len(shown) < len(proof.rijen):
        lines.append("Alle rijen: --rijen-bestand CSV of --json")
    return lines


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    text = "leeg" if value is None else str(value)
    return f"{text[: _SHORT - 1]}…" if len(text) > _SHORT else text
