"""The commands about editions that are there: list, publish, give out, verify, compare (cli_compare.py).

Belongs here: their options and what they print. Not here: any work (core/). What is heavy is imported where it is
needed, so that `--help` answers at once.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.cli_compare import add_compare_command
from pipeline.exit_codes import GEMAAKT, GEWEIGERD, MET_WAARSCHUWING

if TYPE_CHECKING:
    from pipeline.core.config import Instellingen
    from pipeline.core.progress import Melder
    from pipeline.core.signing import Sleutel

_SHOWN_FINDS = 20


def add_edition_commands(commands: Any, periode: Callable[[str], Any]) -> None:
    """Add the commands to the parser of `voortgang`; `periode` reads a half-year."""
    edities = commands.add_parser("edities", help="toon de edities van een halfjaar")
    publiceer = commands.add_parser("publiceer", help="maak uit de bronnen van een editie de gepubliceerde")
    verifieer = commands.add_parser("verifieer", help="maak een editie opnieuw uit haar bronnen en vergelijk elke byte")
    onderteken = commands.add_parser("onderteken", help="onderteken een editie die zonder sleutel is gepubliceerd")
    uitgeven = commands.add_parser("uitgeven", help="zet wat van een gepubliceerde editie naar buiten mag in een map")
    for command in (edities, publiceer, verifieer, onderteken, uitgeven):
        command.add_argument("periode", type=periode, metavar="PERIODE", help="halfjaar, bijvoorbeeld 2016-I")
        if command is not edities:
            command.add_argument("editie", type=int, metavar="EDITIE", help="nummer van de editie")
        command.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
        command.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")
    publiceer.add_argument(
        "--reden", metavar="TEKST", required=True, help="waarom deze editie geldt; komt in het logboek"
    )
    add_accept_option(publiceer)
    uitgeven.add_argument("map", type=Path, metavar="MAP", help="nieuwe of lege map buiten die met de edities")
    uitgeven.add_argument("--reden", metavar="TEKST", required=True, help="waarom en aan wie; komt in het logboek")
    _add_reader_command(commands, periode)
    add_compare_command(commands, busy)
    edities.set_defaults(run=_edities)
    publiceer.set_defaults(run=_publiceer)
    verifieer.set_defaults(run=_verifieer)
    onderteken.set_defaults(run=_onderteken)
    uitgeven.set_defaults(run=_uitgeven)


def _add_reader_command(commands: Any, periode: Callable[[str], Any]) -> None:
    command = commands.add_parser("leeskopie", help="noem het DuckDB-bestand om een editie in te bekijken")
    command.add_argument("periode", type=periode, metavar="PERIODE", help="halfjaar, bijvoorbeeld 2016-I")
    command.add_argument(
        "editie", type=int, nargs="?", metavar="EDITIE", help="standaard de gepubliceerde, anders de nieuwste"
    )
    command.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    command.set_defaults(run=_leeskopie)


def busy(text: str) -> AbstractContextManager[Any]:
    """A spinner on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(text)


def watched(text: str) -> "AbstractContextManager[Melder]":
    """Progress bars on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        from pipeline.core.progress import STIL

        return nullcontext(STIL)
    from rich.console import Console

    from pipeline.terminal import progress_bars

    return progress_bars(Console(stderr=True), text)


def add_accept_option(command: argparse.ArgumentParser) -> None:
    """`--accepteer`, the same for making and publishing."""
    command.add_argument(
        "--accepteer",
        action="append",
        default=[],
        metavar="CONTROLE=REDEN",
        help="waarom wat deze controle vindt mag blijven staan; komt in het rapport (mag vaker)",
    )


def _settings(arguments: argparse.Namespace) -> "Instellingen":
    from pipeline.core.config import load_settings

    return load_settings(output=arguments.output)


def _key(settings: "Instellingen") -> "Sleutel | None":
    """The key that the settings name, ready to sign; nothing has been made yet when it cannot."""
    if settings.ondertekening.sleutel is None:
        return None
    from pipeline.core.signing import load_key

    return load_key(settings.ondertekening.sleutel, os.environ)


def _edities(arguments: argparse.Namespace) -> int:
    from pipeline.core.publication import editions_of

    found = editions_of(_settings(arguments).output, arguments.periode)
    outcome = GEMAAKT if found.in_orde else MET_WAARSCHUWING
    for remark in found.opmerkingen:
        print(f"voortgang: let op: {remark}", file=sys.stderr)
    if arguments.json:
        print(json.dumps([asdict(one) for one in found.edities], ensure_ascii=False, indent=2))
        return outcome
    if not found.edities:
        print(f"Van {arguments.periode} is er nog geen editie.")
    for one in found.edities:
        if one.bezwaar:
            print(f"editie {one.nummer}: let op: {one.bezwaar}")
        if not one.versie:
            continue
        made = f"gepubliceerd uit de bronnen van editie {one.uit_editie}" if one.gepubliceerd else "concept"
        counts = ", geldt" if one.geldt else ""
        finds = f"; niet aanvaard: {', '.join(one.open)}" if one.open else ""
        commit = f", commit {one.commit[:12]}" if one.commit else ""
        print(f"editie {one.nummer}: {made}{counts}{finds} (versie {one.versie}{commit})")
    return outcome


def _leeskopie(arguments: argparse.Namespace) -> int:
    from pipeline.core.earlier import published_edition
    from pipeline.core.edition_store import edition_numbers
    from pipeline.core.readers import reader_copy

    output = _settings(arguments).output
    counts = published_edition(output, arguments.periode)
    newest = max(edition_numbers(output, arguments.periode), default=1)
    nummer = arguments.editie or (int(counts.name) if counts else newest)
    with busy(f"Leeskopie van editie {nummer} van {arguments.periode}"):
        print(reader_copy(output, arguments.periode, nummer))
    return GEMAAKT


def _publiceer(arguments: argparse.Namespace) -> int:
    from pipeline.core.acceptance import read_acceptances
    from pipeline.core.config import current_user
    from pipeline.core.publication import publish_edition

    settings = _settings(arguments)
    sleutel = _key(settings)
    with busy(f"Editie {arguments.editie} van {arguments.periode} wordt gepubliceerd"):
        made = publish_edition(
            settings.output,
            arguments.periode,
            arguments.editie,
            reden=arguments.reden,
            wie=current_user(),
            aanvaard=read_acceptances(arguments.accepteer),
            sleutel=sleutel,
        )
    if arguments.json:
        outcome = {
            "periode": str(made.periode),
            "editie": made.nummer,
            "uit_editie": arguments.editie,
            "pdf": str(made.pdf),
            "openbaar": str(made.openbaar) if made.openbaar else None,
            "manifest_sha256": made.inhoud.manifest_sha256,
            "ondertekend_door": sleutel.naam if sleutel else None,
        }
        print(json.dumps(outcome, ensure_ascii=False, indent=2))
    else:
        print(
            f"Editie {made.nummer} van {made.periode} is gepubliceerd, uit de bronnen van editie {arguments.editie}: "
            f"{made.pdf}"
        )
        print(
            f"Naar buiten mag alleen de openbare editie: {made.openbaar} (`voortgang uitgeven` zet haar in een map)"
            if made.openbaar
            else "Deze editie is intern en blijft binnen: zij heeft geen openbare editie naast zich. Maak die met "
            f"`voortgang rapport {made.periode} --versie openbaar` en publiceer haar."
        )
        if sleutel:
            print(f"Ondertekend door {sleutel.naam}: {made.map}.ondertekend")
    return GEMAAKT


def _onderteken(arguments: argparse.Namespace) -> int:
    from pipeline.core.config import current_user
    from pipeline.core.errors import GebruiksFout
    from pipeline.core.publication import sign_published

    settings = _settings(arguments)
    sleutel = _key(settings)
    if sleutel is None:
        raise GebruiksFout(
            "er is geen sleutel ingesteld; noem in de configuratie onder [ondertekening] met sleutel een .p12-bestand"
        )
    with busy(f"Editie {arguments.editie} van {arguments.periode} wordt ondertekend"):
        place = sign_published(
            settings.output, arguments.periode, arguments.editie, wie=current_user(), sleutel=sleutel
        )
    if arguments.json:
        outcome = {"periode": str(arguments.periode), "editie": arguments.editie, "map": str(place)}
        print(json.dumps({**outcome, "ondertekend_door": sleutel.naam}, ensure_ascii=False, indent=2))
    else:
        print(f"Editie {arguments.editie} van {arguments.periode} is ondertekend door {sleutel.naam}: {place}")
    return GEMAAKT


def _uitgeven(arguments: argparse.Namespace) -> int:
    from pipeline.core.config import current_user
    from pipeline.core.release import release_edition

    output = _settings(arguments).output
    with busy(f"De openbare editie {arguments.editie} van {arguments.periode} wordt uitgegeven"):
        made = release_edition(
            output, arguments.periode, arguments.editie, arguments.map, reden=arguments.reden, wie=current_user()
        )
    if arguments.json:
        print(json.dumps({**asdict(made), "map": str(made.map)}, ensure_ascii=False, indent=2))
    else:
        print(
            f"De openbare editie {arguments.editie} van {arguments.periode} staat in {made.map}: {made.bestanden} "
            "bestanden, en niets van wat binnen blijft."
        )
    return GEMAAKT


def _verifieer(arguments: argparse.Namespace) -> int:
    from pipeline.core.verification import verify_edition

    with busy(f"Editie {arguments.editie} van {arguments.periode} wordt opnieuw gemaakt en vergeleken"):
        settings = _settings(arguments)
        outcome = verify_edition(settings.output, arguments.periode, arguments.editie, settings.ondertekening.vertrouwd)
    if arguments.json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
    else:
        for signature in outcome.handtekeningen:
            print(f"handtekening {signature.bestand}: {signature}")
        for found in outcome.vondsten[:_SHOWN_FINDS]:
            print(f"{found.soort}: {found}")
        if len(outcome.vondsten) > _SHOWN_FINDS:
            print(f"en nog {len(outcome.vondsten) - _SHOWN_FINDS} (met --json staan ze er alle)")
        print(_conclusion(outcome, arguments))
    if outcome.aangetast or outcome.merk_vals:
        return GEWEIGERD
    return GEMAAKT if outcome.bewezen else MET_WAARSCHUWING


def _conclusion(outcome: Any, arguments: argparse.Namespace) -> str:
    name = f"Editie {arguments.editie} van {arguments.periode}"
    if outcome.bewezen:
        return (
            f"{name} is bewezen: alle {outcome.bestanden} bestanden zijn gelijk aan het manifest, en alles komt byte "
            "voor byte opnieuw uit haar bronnen."
        )
    if outcome.zelf_bewezen:
        return (
            f"{name} komt byte voor byte opnieuw uit haar bronnen, maar gepubliceerd.json klopt niet: welke editie van "
            f"{arguments.periode} geldt, is zo niet te bewijzen."
        )
    if outcome.alleen_logboek:
        return (
            f"{name} komt byte voor byte opnieuw uit haar bronnen, maar het logboek noemt haar niet: dat haar manifest "
            "het oorspronkelijke is, is hier niet te bewijzen."
        )
    if outcome.aangetast:
        return f"{name} is niet meer wat zij was toen zij werd gemaakt."
    if outcome.vernietigd:
        return _what_is_left(outcome, name)
    return (
        f"{name} is gelijk aan haar manifest; dat alles opnieuw uit haar bronnen komt is hier niet te bewijzen "
        f"({outcome.opnieuw} bestanden kwamen gelijk terug)."
    )


def _what_is_left(outcome: Any, name: str) -> str:
    """What the check of an edition without its sources still proves, and what not."""
    proven = (
        f"{name}: wat er is ({outcome.bestanden} bestanden: documenten, cijfers en tabellen) is gelijk aan het manifest"
    )
    known = not any(found.soort == "logboek" for found in outcome.vondsten)
    logbook = ", en dat is het manifest dat bij het maken in het logboek kwam" if known else ""
    return (
        f"{proven}{logbook}. Dat de cijfers uit de bronnen volgen is niet meer te bewijzen, want die zijn vernietigd; "
        "hun kenmerken staan nog in het manifest en het logboek."
    )
