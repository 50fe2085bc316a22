"""The command `gemeentebladen`: a page for each municipality, from an edition that is there.

Belongs here: its options and what it prints. Not here: any work (core/sheets). What is heavy is imported where it is
needed, so that `--help` answers at once.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.cli_editions import busy, watched
from pipeline.core.errors import GebruiksFout
from pipeline.exit_codes import GEMAAKT, GEWEIGERD, MET_WAARSCHUWING

_SHOWN_FINDS = 20


def add_sheets_command(commands: Any, periode: Callable[[str], Any]) -> None:
    """Add the command to the parser of `voortgang`; `periode` reads a half-year."""
    command = commands.add_parser(
        "gemeentebladen",
        help="maak uit een editie een bladzijde per gemeente",
        epilog="De aantallen personen zijn niet afgerond: elk blad is voor de gemeente zelf en voor intern gebruik.",
    )
    command.add_argument("periode", type=periode, metavar="PERIODE", help="halfjaar, bijvoorbeeld 2016-I")
    command.add_argument(
        "--editie", type=int, metavar="N", help="nummer van de editie (standaard de gepubliceerde, anders de nieuwste)"
    )
    command.add_argument(
        "--gemeente",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAAM",
        help="alleen deze gemeenten, op naam of code (mag vaker; dan zonder bundel)",
    )
    command.add_argument("--map", type=Path, metavar="MAP", help="waar de bladen komen (standaard naast de edities)")
    command.add_argument(
        "--processen", type=int, metavar="N", help="hoogstens zoveel bladen tegelijk (standaard een per kern)"
    )
    command.add_argument(
        "--verifieer", action="store_true", help="vergelijk de bladen die er zijn met de editie, byte voor byte"
    )
    command.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    command.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")
    command.set_defaults(run=_gemeentebladen)


def _gemeentebladen(arguments: argparse.Namespace) -> int:
    if arguments.processen is not None and arguments.processen < 1:
        raise GebruiksFout(f"--processen {arguments.processen} kan niet; geef een getal vanaf 1")
    return _verify(arguments) if arguments.verifieer else _make(arguments)


def _make(arguments: argparse.Namespace) -> int:
    from pipeline.core.config import load_settings
    from pipeline.core.sheets.making import make_sheets

    with watched(f"Gemeentebladen van {arguments.periode} worden gemaakt") as melder:
        made = make_sheets(
            load_settings(output=arguments.output).output,
            arguments.periode,
            nummer=arguments.editie,
            gemeenten=arguments.gemeente,
            place=arguments.map,
            processen=arguments.processen,
            melder=melder,
        )
    if arguments.json:
        outcome = {
            "periode": made.periode,
            "editie": made.editie,
            "map": str(made.map),
            "bladen": made.bladen,
            "bundel": str(made.bundel) if made.bundel else None,
            "ongewijzigd": made.ongewijzigd,
        }
        print(json.dumps(outcome, ensure_ascii=False, indent=2))
        return GEMAAKT
    what = "1 gemeenteblad" if made.bladen == 1 else f"{made.bladen} gemeentebladen"
    if made.ongewijzigd:
        print(f"Er staan al {what} uit editie {made.editie} van {made.periode}, ongewijzigd: {made.map}")
    else:
        print(f"{what} uit editie {made.editie} van {made.periode}: {made.map}")
    if made.bundel:
        print(f"Alle samen: {made.bundel}")
    return GEMAAKT


def _verify(arguments: argparse.Namespace) -> int:
    from pipeline.core.config import load_settings
    from pipeline.core.sheets.proof import verify_sheets

    with busy(f"Gemeentebladen van {arguments.periode} worden opnieuw gemaakt en vergeleken"):
        outcome = verify_sheets(
            load_settings(output=arguments.output).output,
            arguments.periode,
            nummer=arguments.editie,
            selection=bool(arguments.gemeente),
            place=arguments.map,
            processen=arguments.processen,
        )
    if arguments.json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
    else:
        for found in outcome.vondsten[:_SHOWN_FINDS]:
            print(f"{found.soort}: {found}")
        if len(outcome.vondsten) > _SHOWN_FINDS:
            print(f"en nog {len(outcome.vondsten) - _SHOWN_FINDS} (met --json staan ze er alle)")
        name = f"De gemeentebladen uit editie {outcome.editie} van {outcome.periode}"
        print(
            f"{name} zijn bewezen: alle {outcome.bestanden} bestanden komen byte voor byte opnieuw uit de editie."
            if outcome.bewezen
            else f"{name} zijn niet meer wat zij waren toen zij werden gemaakt."
            if outcome.aangetast
            else f"{name} zijn gelijk aan hun manifest; dat zij uit de editie komen is hier niet te bewijzen."
        )
    return GEMAAKT if outcome.bewezen else GEWEIGERD if outcome.aangetast else MET_WAARSCHUWING
