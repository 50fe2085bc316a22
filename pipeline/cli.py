"""`voortgang`: the command line for analysts, in Dutch.

Belongs here: reading arguments, saying what happened, exit codes. Not here: any work. Everything heavy is imported
inside the command that needs it, so that `--help` answers at once.

Exit codes: 0 made, 1 made with warnings, 2 refused (bad input or a blocking check), 3 wrong use, 4 a crash.
"""

import argparse
import gc
import json
import os
import re
import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from pipeline import __version__, log
from pipeline.cli_editions import add_accept_option, add_edition_commands, busy, watched
from pipeline.cli_explain import add_explain_command
from pipeline.cli_server import add_server_commands
from pipeline.cli_sheets import add_sheets_command
from pipeline.cli_storage import add_storage_commands
from pipeline.core.errors import GebruiksFout, VoortgangFout
from pipeline.core.faults import machine_fault
from pipeline.core.periods import Periode
from pipeline.core.private import private
from pipeline.exit_codes import CRASH, GEMAAKT, GEWEIGERD, MET_WAARSCHUWING, VERKEERD_GEBRUIK

if TYPE_CHECKING:
    from pipeline.core.unchanged import Ongewijzigd
    from pipeline.core.warehouse import CheckResult
    from pipeline.orchestration.run import Gemaakt

# So many objects may be made and not released before Python looks which of them only hold each other: twice those of
# the report, about a gigabyte.
_OBJECTS = 10_000_000
# What argparse says of wrong use, in the words of the analyst.
_ENGELS = (
    (re.compile(r"the following arguments are required: (.*)"), r"er ontbreekt: \1"),
    (re.compile(r"argument (\S+): invalid choice: '(.*?)' \(choose from (.*)\)"), r"\1 '\2' bestaat niet; kies uit \3"),
    (re.compile(r"argument (\S+): invalid int value: '(.*)'"), r"\1: '\2' is geen geheel getal"),
    (re.compile(r"argument (\S+): expected one argument"), r"\1: hierachter hoort een waarde"),
    (re.compile(r"argument (\S+): not allowed with argument (\S+)"), r"\1 en \2 gaan niet samen"),
    (re.compile(r"argument (\S+): (.*)"), r"\1: \2"),
    (re.compile(r"unrecognized arguments: (.*)"), r"onbekend: \1"),
    (re.compile(r"ambiguous option: (\S+) could match (.*)"), r"\1 kan meer betekenen: \2"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse in Dutch, with exit code 3 for wrong use."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options, "add_help": False})
        self._positionals.title = "argumenten"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg")

    def error(self, message: str) -> NoReturn:
        for english, dutch in _ENGELS:
            if english.fullmatch(message):
                message = english.sub(dutch, message)
                break
        self.exit(VERKEERD_GEBRUIK, f"{self.format_usage()}voortgang: verkeerd gebruik: {message}\n")


def _periode(text: str) -> Periode:
    try:
        return Periode.parse(text)
    except GebruiksFout as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _datum(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is geen datum; schrijf jjjj-mm-dd, bijvoorbeeld 2016-07-01"
        ) from error


def build_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = _Parser(
        prog="voortgang",
        description="Maakt de halfjaarlijkse voortgangsrapportage huisvesting vergunninghouders.",
        epilog="Afsluitcodes: 0 gemaakt, 1 met waarschuwingen, 2 geweigerd, 3 verkeerd gebruik, 4 onverwachte fout.",
    )
    parser.add_argument("--versie", action="version", version=f"voortgang {__version__}", help="toon de versie")
    commands = parser.add_subparsers(title="opdrachten", required=True, metavar="OPDRACHT")

    rapport = commands.add_parser("rapport", help="maak een nieuwe editie van het rapport")
    _delivery_options(rapport)
    rapport.add_argument("--briefdatum", type=_datum, metavar="DATUM", help="standaard 90 dagen na de peildatum")
    rapport.add_argument("--reden", metavar="TEKST", help="waarom deze editie wordt gemaakt; komt in het logboek")
    rapport.add_argument(
        "--versie",
        choices=("intern", "openbaar"),
        default="intern",
        help="openbaar: maak ook de editie die naar buiten mag, met aantallen personen afgerond op vijftallen",
    )
    add_accept_option(rapport)
    rapport.add_argument("--opnieuw", action="store_true", help="maak een nieuwe editie, ook als er niets is veranderd")
    rapport.set_defaults(run=_rapport)

    controle = commands.add_parser("controle", help="lees en controleer een levering zonder een editie te maken")
    _delivery_options(controle)
    controle.set_defaults(run=_controle)

    add_edition_commands(commands, _periode)
    add_explain_command(commands, _periode)
    add_storage_commands(commands, _periode, busy, _Parser)
    add_sheets_command(commands, _periode)

    voorbeeld = commands.add_parser("voorbeeldlevering", help="maak een levering met verzonnen personen")
    voorbeeld.add_argument("periode", type=_periode, metavar="PERIODE", help="halfjaar van 2016-I tot en met 2019-II")
    voorbeeld.add_argument("map", type=Path, metavar="MAP", help="nieuwe of lege map")
    voorbeeld.add_argument("--schaal", type=int, default=1, metavar="N", help="elke persoon N keer (1 tot en met 100)")
    voorbeeld.add_argument("--zaad", type=int, default=2016, metavar="N", help="ander getal, andere personen")
    voorbeeld.add_argument("--opvang", type=int, metavar="N", help="personen in de opvang op de peildatum")
    voorbeeld.add_argument("--overdue", type=int, metavar="N", help="van wie langer dan de norm gekoppeld")
    voorbeeld.set_defaults(run=_voorbeeldlevering)

    ui = commands.add_parser("ui", help="open de webinterface van Dagster op deze gegevens")
    ui.add_argument("--output", type=Path, metavar="MAP", help="map met de edities (standaard output)")
    ui.add_argument("--poort", type=int, default=3000, metavar="N", help="poort op deze computer (standaard 3000)")
    ui.set_defaults(run=_ui)
    add_server_commands(commands)
    return parser


def _delivery_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("periode", type=_periode, metavar="PERIODE", help="halfjaar, bijvoorbeeld 2016-I")
    command.add_argument("--levering", metavar="ADRES", help="map, zip of adres (sftp, s3, https) van de levering")
    command.add_argument(
        "--peildatum", type=_datum, metavar="DATUM", help="peildatum (standaard de eerste dag na het halfjaar)"
    )
    command.add_argument("--output", type=Path, metavar="MAP", help="map voor de edities (standaard output)")
    command.add_argument("--json", action="store_true", help="uitkomst als JSON, voor andere programma's")


def _rapport(arguments: argparse.Namespace) -> int:
    if not arguments.opnieuw and (there := _already(arguments)) is not None:
        return there
    from pipeline.core.config import current_user
    from pipeline.orchestration.run import run_report

    with watched(f"Rapportage over {arguments.periode} wordt gemaakt") as melder:
        made = run_report(
            arguments.periode,
            levering=arguments.levering,
            peildatum=arguments.peildatum,
            briefdatum=arguments.briefdatum,
            reden=arguments.reden,
            accepteer=arguments.accepteer,
            versie=arguments.versie,
            output=arguments.output,
            wie=current_user(),
            melder=melder,
        )
    if arguments.json:
        print(json.dumps({**made.as_dict(), "ongewijzigd": False}, ensure_ascii=False, indent=2))
    else:
        print(f"Editie {made.editie} van {arguments.periode} is gemaakt: {made.pdf}")
        if made.openbaar:
            print(f"De openbare editie, met aantallen personen afgerond op vijftallen: {made.openbaar}")
        _tell(made)
        for line in made.let_op:
            print(f"let op: {line}", file=sys.stderr)
    return MET_WAARSCHUWING if made.waarschuwingen else GEMAAKT


def _already(arguments: argparse.Namespace) -> int | None:
    """Say that the edition that is asked for is there, and as what it ended then; None when it must be made."""
    from pipeline.core.acceptance import read_acceptances
    from pipeline.core.config import load_settings, make_run
    from pipeline.core.unchanged import unchanged_edition

    settings = load_settings(output=arguments.output)
    run = make_run(settings, arguments.periode, arguments.levering, arguments.peildatum, arguments.briefdatum)
    with busy(f"Rapportage over {arguments.periode}: is er iets veranderd?"):
        there = unchanged_edition(
            settings, run, read_acceptances(arguments.accepteer), openbaar=arguments.versie == "openbaar"
        )
    if there is None:
        return None
    if there.aangetast:
        said = "; ".join(map(str, there.aangetast[:3]))
        print(
            f"let op: editie {there.editie} is van dezelfde levering, maar niet meer wat zij was toen zij werd gemaakt "
            f"({said}); er komt een nieuwe editie",
            file=sys.stderr,
        )
        return None
    if arguments.json:
        print(json.dumps(there.as_dict(), ensure_ascii=False, indent=2))
    else:
        print(
            f"Er is niets veranderd sinds editie {there.editie} van {there.periode}, dus er is niets gemaakt: "
            f"{there.pdf}"
        )
        _tell(there)
        print("Een nieuwe editie van hetzelfde komt er met --opnieuw.")
    return MET_WAARSCHUWING if there.waarschuwingen else GEMAAKT


def _tell(made: "Gemaakt | Ongewijzigd") -> None:
    """The findings of an edition, and what was accepted of them."""
    for line in made.aanvaard:
        print(f"aanvaard: {line}")
    for line in made.waarschuwingen:
        print(f"waarschuwing: {line}", file=sys.stderr)
    for name in made.niet_nodig:
        print(f"let op: --accepteer {name} was niet nodig, want deze controle vond niets", file=sys.stderr)
    if made.open:
        ways = " ".join(f"--accepteer {name}=REDEN" for name in made.open)
        print(f"Een waarschuwing aanvaarden kan met een reden: {ways}", file=sys.stderr)


def _controle(arguments: argparse.Namespace) -> int:
    from pipeline.core.control import control_delivery

    with watched(f"Levering voor {arguments.periode} wordt gecontroleerd") as melder:
        outcome = control_delivery(
            arguments.periode,
            levering=arguments.levering,
            peildatum=arguments.peildatum,
            output=arguments.output,
            melder=melder,
        )
    if arguments.json:
        print(json.dumps(outcome.as_dict(), ensure_ascii=False, indent=2))
    else:
        for name, rows in outcome.bestanden:
            print(f"gelezen: {name} ({rows} rijen)")
        if outcome.opmerkingen:
            print(f"opmerkingen bij het lezen: {len(outcome.opmerkingen)} (met --json staan ze er alle)")
        for line in outcome.bevindingen:
            print(f"bevinding: {line}")
        for result in outcome.controles:
            print(_check_line(result))
            for example in result.examples:
                print(f"    {example}")
    return GEWEIGERD if outcome.geblokkeerd else MET_WAARSCHUWING if outcome.waarschuwing else GEMAAKT


def _check_line(result: "CheckResult") -> str:
    if result.passed:
        return f"in orde: {result.check.title}"
    word = "houdt de editie tegen" if result.blocks else "waarschuwing"
    return f"{word}: {result.check.title} - niet waar ({result.offending} keer)"


def _voorbeeldlevering(arguments: argparse.Namespace) -> int:
    from pipeline.sample.generator import make_sample

    with busy(f"Voorbeeldlevering voor {arguments.periode} wordt gemaakt"):
        made = make_sample(
            arguments.periode,
            arguments.map,
            schaal=arguments.schaal,
            zaad=arguments.zaad,
            opvang=arguments.opvang,
            overdue=arguments.overdue,
        )
    print(
        f"Voorbeeldlevering {arguments.periode} in {arguments.map}: {made.personen} verzonnen mensen, "
        f"{made.koppelingen} koppelingen, {made.gemeentebestanden} bestanden van gemeenten; zie LEESMIJ.md."
    )
    return GEMAAKT


def _ui(arguments: argparse.Namespace) -> int:
    from pipeline.orchestration.run import start_ui

    return start_ui(arguments.output, arguments.poort)


def _report_error(arguments: argparse.Namespace, error: VoortgangFout) -> int:
    code = VERKEERD_GEBRUIK if isinstance(error, GebruiksFout) else GEWEIGERD
    if getattr(arguments, "json", False):
        print(json.dumps({"fout": str(error), "code": code}, ensure_ascii=False))
    log.fault(str(error))
    return code


def command() -> int:
    """What the program `voortgang` is: `main` in a process of its own, that ends when it is done.

    Python's cycle collector walks again and again over the boxes of a report that are all still in use (a tenth of the
    run). Here it waits until a gigabyte may be old, and what is left at the end goes with the process.
    """
    gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
    try:
        return main()
    finally:
        gc.freeze()


def main(argv: Sequence[str] | None = None) -> int:
    """Read the arguments and do what they ask; returns the exit code."""
    arguments = build_parser().parse_args(argv)
    log.configure()
    run: Callable[[argparse.Namespace], int] = arguments.run
    try:
        with private():
            return run(arguments)
    except VoortgangFout as error:
        return _report_error(arguments, error)
    except KeyboardInterrupt:
        log.fault("afgebroken; er is geen editie gemaakt")
        return CRASH
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GEMAAKT
    except Exception as error:  # noqa: BLE001 - the outermost door: an analyst gets a line beside the traceback
        fault = machine_fault(error)
        if fault is not None:
            log.fault(f"{fault}. Eerdere edities zijn niet veranderd.")
            return GEWEIGERD
        traceback.print_exc()
        log.fault("onverwachte fout; eerdere edities zijn niet veranderd. Meld dit bij de beheerder.")
        return CRASH


if __name__ == "__main__":
    sys.exit(command())
