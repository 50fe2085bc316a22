"""The command that destroys the persons behind half-years that are too old.

Belongs here: its options and what it prints. Not here: any work (core/retention.py). What is heavy is imported where it
is needed, so that `--help` answers at once.
"""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.exit_codes import GEMAAKT


def add_storage_commands(commands: Any) -> None:
    """Add the command to the parser of `voortgang`."""
    opschonen = commands.add_parser("opschonen", help="vernietig de personen achter halfjaren die te oud zijn")
    opschonen.add_argument("--termijn", type=int, metavar="N", help="halfjaren na afloop (standaard de instelling, 4)")
    opschonen.add_argument("--reden", default="", metavar="TEKST", help="waarom nu; komt in het logboek")
    opschonen.add_argument("--proef", action="store_true", help="toon wat er weg zou gaan en laat alles staan")
    opschonen.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    opschonen.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")
    opschonen.set_defaults(run=_clean_up)


def _clean_up(arguments: argparse.Namespace) -> int:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pipeline.core.config import current_user, load_settings
    from pipeline.core.retention import clean_up

    settings = load_settings(output=arguments.output)
    done = clean_up(
        settings.output,
        termijn=settings.bewaartermijn_halfjaren if arguments.termijn is None else arguments.termijn,
        vandaag=datetime.now(ZoneInfo("Europe/Amsterdam")).date(),
        wie=current_user(),
        reden=arguments.reden,
        proef=arguments.proef,
        deadline=settings.wachttijd,
    )
    if arguments.json:
        print(json.dumps([asdict(one) for one in done], ensure_ascii=False, indent=2))
        return GEMAAKT
    verb = "zouden worden vernietigd" if arguments.proef else "zijn vernietigd; cijfers en documenten zijn gebleven"
    for one in done:
        print(f"{one.periode}: {len(one.bestanden)} bestanden met personen {verb}")
    if not done:
        print("Er is niets dat ouder is dan de bewaartermijn.")
    return GEMAAKT
