"""`voortgang vergelijk`: two editions beside each other, on a terminal or as JSON.

Belongs here: its options and what it prints. Not here: any work (core/compare). What is heavy is imported where it is
needed.
"""

import argparse
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.exit_codes import GEMAAKT, MET_WAARSCHUWING

if TYPE_CHECKING:
    from pipeline.core.compare.outcome import Vergelijking, Verschil
    from pipeline.core.compare.rows import Rijen

_SHOWN = 40
# What is told of every municipality when nothing is chosen.
_PER_GEMEENTE = ("realisatie.totaal", "saldo.eind")


def add_compare_command(commands: Any, busy: Callable[[str], Any]) -> None:
    """Add `vergelijk` to the parser of `voortgang`; `busy` shows that work is going on."""
    vergelijk = commands.add_parser("vergelijk", help="zet twee edities naast elkaar: wat verschilt, en waardoor")
    vergelijk.add_argument("oud", type=_verwijzing, metavar="OUD", help="2016-I@1; 2016-I is de gepubliceerde")
    vergelijk.add_argument("nieuw", type=_verwijzing, metavar="NIEUW", help="2016-I@2, of een later halfjaar")
    area = vergelijk.add_mutually_exclusive_group()
    area.add_argument("--gemeente", metavar="NAAM", help="alle cijfers van één gemeente, naar naam of code")
    area.add_argument("--provincie", metavar="NAAM", help="alle cijfers van één provincie")
    area.add_argument("--regio", metavar="NAAM", help="alle cijfers van één arbeidsmarktregio")
    area.add_argument("--gebied", metavar="NAAM", help="alle cijfers van één gebied, van welke soort ook")
    vergelijk.add_argument("--cijfer", metavar="CIJFER", help="één cijfer in alle gebieden, bijvoorbeeld saldo.eind")
    vergelijk.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    vergelijk.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")
    vergelijk.set_defaults(run=lambda arguments: _vergelijk(arguments, busy))


def _verwijzing(text: str) -> Any:
    from pipeline.core.compare.editions import Editieverwijzing
    from pipeline.core.errors import GebruiksFout

    try:
        return Editieverwijzing.parse(text)
    except GebruiksFout as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _vergelijk(arguments: argparse.Namespace, busy: Callable[[str], Any]) -> int:
    from pipeline.core.compare.editions import Gebiedswens, compare_editions, refuse_unknown_figure
    from pipeline.core.config import load_settings

    wishes = {
        "gemeente": arguments.gemeente,
        "provincie": arguments.provincie,
        "arbeidsmarktregio": arguments.regio,
        None: arguments.gebied,
    }
    wish = next((Gebiedswens(name, kind) for kind, name in wishes.items() if name is not None), None)
    with busy("De edities worden vergeleken"):
        outcome = compare_editions(load_settings(output=arguments.output).output, arguments.oud, arguments.nieuw, wish)
    if arguments.cijfer is not None:
        refuse_unknown_figure(outcome, arguments.cijfer)
    chosen = outcome.van(outcome.gekozen, arguments.cijfer)
    if arguments.json:
        print(json.dumps(chosen.as_dict(), ensure_ascii=False, indent=2))
    else:
        _print(chosen, whole=wish is None and arguments.cijfer is None)
    return GEMAAKT if outcome.zeker else MET_WAARSCHUWING


def _print(outcome: "Vergelijking", *, whole: bool) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"{_side(outcome.oud)} naast {_side(outcome.nieuw)}", soft_wrap=True, markup=False)
    for line in outcome.opmerkingen:
        console.print(line, soft_wrap=True, markup=False)
    for rows in outcome.rijen:
        if told := _rows(rows):
            console.print(f"{rows.tabel.removeprefix('levering.')}, rijen: {told}", soft_wrap=True, markup=False)
    if not outcome.zeker:
        console.print(
            "Let op: om wat hierboven staat, is de verdeling over de oorzaken niet zeker.", soft_wrap=True, markup=False
        )
    if whole:
        _table(console, outcome, [one for one in outcome.verschillen if one.gebied == "NL"], "Nederland")
        for cijfer_id in _PER_GEMEENTE:
            found = [one for one in outcome.van(cijfer_id=cijfer_id).verschillen if one.gebied.startswith("GM")]
            if found:
                _table(console, outcome, found, f"Per gemeente: {found[0].naam.lower()}", areas=True)
    else:
        _table(console, outcome, outcome.verschillen, "Cijfers die verschillen")
    console.print(_counted(outcome, whole=whole), soft_wrap=True)


def _rows(rows: "Rijen") -> str:
    """3 nieuw, 1 hernummerd; what there is none of is left out."""
    counts = {
        "nieuw": rows.nieuw,
        "aangevuld": rows.aangevuld,
        "gewijzigd": rows.gewijzigd,
        "vervallen": rows.vervallen,
        "hernummerd": rows.hernummerd,
        "onzeker": rows.dubbelzinnig,
    }
    return ", ".join(f"{_count(count)} {what}" for what, count in counts.items() if count)


def _counted(outcome: "Vergelijking", *, whole: bool) -> str:
    differ = len(outcome.verschillen)
    same = f"{_count(outcome.gelijk)} {'is' if outcome.gelijk == 1 else 'zijn'} gelijk"
    if not differ:
        return f"{'Geen enkel cijfer verschilt' if whole else 'Hier verschilt geen enkel cijfer'}; {same}."
    said = f"{_count(differ)} {'cijfer verschilt' if differ == 1 else 'cijfers verschillen'}, {same}."
    more = " Met --gebied of --cijfer staan alle verschillen van een gebied of van een cijfer er, met --json alle."
    return said + (more if whole else "")


def _count(number: int) -> str:
    from pipeline.core.document.dutch import format_getal

    return format_getal(number)


def _side(side: Any) -> str:
    return f"{side.periode} editie {side.editie}{' (gepubliceerd)' if side.gepubliceerd else ''}"


def _table(
    console: Any, outcome: "Vergelijking", rows: Iterable["Verschil"], title: str, *, areas: bool = False
) -> None:
    """One line per figure; causes that made no difference anywhere have no column."""
    from rich.box import SIMPLE
    from rich.table import Table

    found = list(rows)
    if not found:
        return
    several = len({one.gebied for one in found}) > 1
    causes = [name for name in outcome.oorzaken if any(name in one.oorzaken for one in found)]
    table = Table(title=title, title_justify="left", box=SIMPLE)
    if several or areas:
        table.add_column("Gebied")
    if not areas:
        table.add_column("Cijfer")
    for head in ("Oud", "Nieuw", "Verschil", *(outcome.oorzaken[name].capitalize() for name in causes)):
        table.add_column(head, justify="right")
    for one in found[:_SHOWN]:
        name = [one.gebied_naam] if several or areas else []
        name += [] if areas else [one.naam]
        parts = [
            _number(one, one.delen[cause], sign=True, unknown="ja" if cause in one.oorzaken else "") for cause in causes
        ]
        table.add_row(
            *name,
            _number(one, one.oud),
            _number(one, one.nieuw),
            _number(one, one.verschil, sign=True),
            *parts,
        )
    console.print(table)
    if len(found) > _SHOWN:
        console.print(f"en nog {_count(len(found) - _SHOWN)} (met --json staan ze er alle)")


def _number(figure: "Verschil", value: Decimal | None, *, sign: bool = False, unknown: str = "n.v.t.") -> str:
    """A value of the figure as its unit asks for; a year has no point."""
    from pipeline.core.document.dutch import format_getal, heeft_punten

    if value is None:
        return unknown
    return format_getal(value, figure.decimalen, teken=sign, punten=heeft_punten(figure.eenheid))
