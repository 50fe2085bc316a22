"""The commands of a server: its two services, and whether all is well.

Belongs here: their options and what they print. Not here: any work (orchestration/). What is heavy is imported where it
is needed, so that `--help` answers at once.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from pipeline.exit_codes import GEMAAKT, GEWEIGERD


def add_server_commands(commands: Any) -> None:
    """Add the commands to the parser of `voortgang`."""
    dienst = commands.add_parser("dienst", help="start een dienst op een server: web of daemon")
    dienst.add_argument("soort", choices=("web", "daemon"), metavar="SOORT", help="web of daemon")
    dienst.add_argument(
        "--adres", default="127.0.0.1", metavar="ADRES", help="waarop web luistert (standaard alleen deze machine)"
    )
    dienst.set_defaults(run=_dienst)
    gezond = commands.add_parser("gezond", help="zeg of de map, de database, de daemon en de webinterface werken")
    gezond.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")
    gezond.set_defaults(run=_gezond)
    for command in (dienst, gezond):
        command.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    dienst.add_argument("--poort", type=int, default=3000, metavar="N", help="poort van web (standaard 3000)")
    gezond.add_argument("--poort", type=int, metavar="N", help="kijk ook of de webinterface op deze poort antwoordt")
    gezond.add_argument("--zonder-daemon", action="store_true", help="er hoort geen daemon te draaien")


def _dienst(arguments: argparse.Namespace) -> int:
    from pipeline.orchestration.run import start_daemon, start_web

    if arguments.soort == "web":
        return start_web(arguments.output, arguments.adres, arguments.poort)
    return start_daemon(arguments.output)


def _gezond(arguments: argparse.Namespace) -> int:
    from pipeline.orchestration.health import health

    found = health(arguments.output, port=arguments.poort, daemon=not arguments.zonder_daemon)
    if arguments.json:
        print(json.dumps({one.wat: one.klacht for one in found}, ensure_ascii=False, indent=2))
    else:
        for one in found:
            print(f"{'niet goed' if one.klacht else 'in orde'}: {one.wat}{f' - {one.klacht}' if one.klacht else ''}")
    return GEWEIGERD if any(one.klacht for one in found) else GEMAAKT
