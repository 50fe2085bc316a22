"""The commands about how person-level files are kept: a new storage key, rejects in plain text, destroying old sources.

Belongs here: their options and what they print. Not here: any work (core/). What is heavy is imported where it is
needed, so that `--help` answers at once.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.exit_codes import GEMAAKT


def add_storage_commands(
    commands: Any, periode: Callable[[str], Any], busy: Callable[[str], Any], parser: Callable[..., Any]
) -> None:
    """Add the commands to the parser of `voortgang`; `periode` reads a half-year, `busy` shows that work goes on."""
    sleutel = commands.add_parser("sleutel", help="beheer de sleutel waarmee personen versleuteld zijn opgeslagen")
    what = sleutel.add_subparsers(title="opdrachten", required=True, metavar="OPDRACHT", parser_class=parser)
    vernieuw = what.add_parser("vernieuwen", help="versleutel alles wat er ligt met een nieuwe opslagsleutel")
    vernieuw.add_argument("--nieuw", type=Path, metavar="BESTAND", help="bestand met de nieuwe sleutel")
    afkeur = commands.add_parser("afkeur", help="zet de afkeur van een editie leesbaar in een map")
    afkeur.add_argument("periode", type=periode, metavar="PERIODE", help="halfjaar, bijvoorbeeld 2016-I")
    afkeur.add_argument("map", type=Path, metavar="MAP", help="nieuwe of lege map")
    afkeur.add_argument("--editie", type=int, metavar="N", help="standaard de geweigerde levering, anders de nieuwste")
    opschonen = commands.add_parser("opschonen", help="vernietig de personen achter halfjaren die te oud zijn")
    opschonen.add_argument("--termijn", type=int, metavar="N", help="halfjaren na afloop (standaard de instelling, 4)")
    opschonen.add_argument("--reden", default="", metavar="TEKST", help="waarom nu; komt in het logboek")
    opschonen.add_argument("--proef", action="store_true", help="toon wat er weg zou gaan en laat alles staan")
    for command in (vernieuw, afkeur, opschonen):
        command.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
        command.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")
    opschonen.set_defaults(run=_clean_up)
    vernieuw.set_defaults(run=lambda arguments: _renew(arguments, busy))
    afkeur.set_defaults(run=_rejects)


def _renew(arguments: argparse.Namespace, busy: Callable[[str], Any]) -> int:
    from pipeline.core.config import current_user, load_settings
    from pipeline.core.rotation import renew_key
    from pipeline.core.storage_key import new_key, storage_key

    settings = load_settings(output=arguments.output)
    new = new_key(arguments.nieuw)
    with busy("Alles wordt met de nieuwe sleutel versleuteld"):
        done = renew_key(settings.output, storage_key(), new, wie=current_user(), deadline=settings.wachttijd)
    if arguments.json:
        print(json.dumps(asdict(done), ensure_ascii=False, indent=2))
    else:
        already = f" ({done.al_klaar} hadden haar al)" if done.al_klaar else ""
        print(
            f"{done.bestanden} bestanden zijn met de nieuwe opslagsleutel versleuteld{already}. Gebruik haar voortaan "
            "in plaats van de oude, en vernietig de oude als ook de reservekopieën zijn vernieuwd. De sleutel voor "
            "pseudoniemen blijft dezelfde."
        )
    return GEMAAKT


def _rejects(arguments: argparse.Namespace) -> int:
    from pipeline.core.config import load_settings
    from pipeline.core.rejects import export_rejects

    output = load_settings(output=arguments.output).output
    source, written = export_rejects(output, arguments.periode, arguments.editie, arguments.map)
    if arguments.json:
        names = [path.name for path in written]
        print(json.dumps({"uit": str(source), "bestanden": names}, ensure_ascii=False, indent=2))
    else:
        print(f"{len(written)} bestanden uit {source} staan leesbaar in {arguments.map}; verwijder ze na gebruik.")
    return GEMAAKT


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
