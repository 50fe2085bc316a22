"""Settings and the parameters of one run.

Belongs here: what an analyst may choose (peildatum, briefdatum, folders, thresholds) and the row `invoer.parameters`
that carries the choices into the SQL. Not here: what a norm is (norms.py), code constants.
"""

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.sourceoptions import BronOpties, options_of_settings
from pipeline.core.norms import Norm, norms_for, norms_of_settings, store_norms
from pipeline.core.notify import Melding, notice_of_settings
from pipeline.core.periods import Periode
from pipeline.core.planning import Planning, deliveries_folder, planning_of_settings

CONFIG_VARIABLE = "VOORTGANG_CONFIG"
OUTPUT_VARIABLE = "VOORTGANG_OUTPUT"
# The letter of 29-9-2016 about the state of 1-7-2016 came 90 days after its peildatum.
BRIEF_NA_PEILDATUM = timedelta(days=90)
# Who publishes a report that names nobody else, and where to ask about it: the general contact of the Rijk.
UITGEVER = "Rijksoverheid"
CONTACT = "www.rijksoverheid.nl/contact"
# The half-year of which a demonstration delivery is generated when there is no own delivery.
DEMONSTRATIE = Periode(2016, 1)


@dataclass(frozen=True)
class Ondertekening:
    """The PKCS#12 file to sign with (None: editions are not signed), and files with certificates of trusted issuers.

    The passphrase comes from the environment (signing.py).
    """

    sleutel: Path | None = None
    vertrouwd: tuple[Path, ...] = ()


BEWAARTERMIJN_HALFJAREN = 4
"""How many half-years after its own the person-level sources of a half-year stay, unless the configuration says
otherwise [choice]. No law names a number: personal data stay no longer than needed (AVG, art. 5, first paragraph, under
e), and how long that is, is for the selection list of the organisation (Archiefwet 1995, art. 5). Four, since late and
corrected afmeldingen of a half-year come in over the next reports.
"""


@dataclass(frozen=True)
class Opslag:
    """The file with the storage key; None: what the environment says, else nothing is encrypted."""

    sleutel: Path | None = None


@dataclass(frozen=True)
class Instellingen:
    """What the configuration file sets. `klasse_midden_procent`: share of the schedule from which the middle class
    begins; `normen` replace the shipped ones of the same clock; `bron_opties`: what a remote source needs.
    `ondertekening`: the key with which published editions are signed, and whose signatures are trusted.
    `planning`: what happens without anybody watching; `melding`: who is told when that fails. `opslag`: how
    person-level files are kept. `bewaartermijn_halfjaren`: how long after its end the sources of a half-year stay.
    `uitgever` and `contact`: who publishes the report and sends the letter, and where to ask about it.
    """

    data: Path
    output: Path
    klasse_midden_procent: int = 75
    wachttijd: float = 60.0
    normen: tuple[Norm, ...] = ()
    bron_opties: BronOpties = field(default_factory=dict)
    ondertekening: Ondertekening = field(default_factory=lambda: Ondertekening())
    planning: Planning = field(default_factory=Planning)
    melding: Melding = field(default_factory=Melding)
    bewaartermijn_halfjaren: int = BEWAARTERMIJN_HALFJAREN
    opslag: Opslag = field(default_factory=lambda: Opslag())
    uitgever: str = UITGEVER
    contact: str = CONTACT


@dataclass(frozen=True)
class Run:
    """Everything that decides the content of an edition, beside the delivery and the code."""

    periode: Periode
    peildatum: date
    briefdatum: date
    levering: str | None
    klasse_midden_procent: int
    normen: tuple[Norm, ...]
    uitgever: str = UITGEVER
    contact: str = CONTACT

    def __post_init__(self) -> None:
        if self.peildatum != self.periode.eind:
            # Every figure of today is the state at the end of the half-year; another date on the cover would be untrue.
            raise GebruiksFout(
                f"peildatum {self.peildatum} kan niet: de cijfers van {self.periode} zijn die van {self.periode.eind}; "
                "laat --peildatum weg"
            )
        if self.briefdatum < self.peildatum:
            raise GebruiksFout(f"briefdatum {self.briefdatum} ligt vóór de peildatum {self.peildatum}")


def load_settings(output: Path | None = None, environment: Mapping[str, str] = os.environ) -> Instellingen:
    """Settings from the file that `VOORTGANG_CONFIG` names, else the defaults: data and output folder below the working
    folder.

    The output folder is `output` when given, else `VOORTGANG_OUTPUT`, else that of the file. Relative paths in the file
    count from the folder of the file. Raises GebruiksFout for a missing file, an unknown key or a wrong type.
    """
    settings = settings_file(environment.get(CONFIG_VARIABLE))
    chosen = output or (Path(environment[OUTPUT_VARIABLE]) if environment.get(OUTPUT_VARIABLE) else settings.output)
    return replace(settings, output=chosen)


def settings_file(named: str | None) -> Instellingen:
    """The settings in the file `named`, the defaults without one; GebruiksFout as `load_settings`."""
    if not named:
        return Instellingen(data=Path("data"), output=Path("output"))
    path = Path(named)
    try:
        with path.open("rb") as file:
            return _settings(tomllib.load(file), path)
    except FileNotFoundError as error:
        raise GebruiksFout(f"configuratie {path} bestaat niet; pas {CONFIG_VARIABLE} aan") from error
    except tomllib.TOMLDecodeError as error:
        raise GebruiksFout(f"configuratie {path} is geen geldige TOML: {error}") from error


def _settings(table: dict[str, object], path: Path) -> Instellingen:
    known = {
        "data": str, "output": str, "klasse_midden_procent": int, "wachttijd": (int, float), "normen": list,
        "bron_opties": dict, "ondertekening": dict, "planning": dict,
        "melding": dict, "bewaartermijn_halfjaren": int, "opslag": dict, "uitgever": str, "contact": str,
    }  # fmt: skip
    for key, value in table.items():
        if key not in known:
            raise GebruiksFout(f"configuratie {path}: onbekende instelling {key!r}; bekend zijn {', '.join(known)}")
        if not isinstance(value, known[key]) or isinstance(value, bool):  # type: ignore[arg-type]
            raise GebruiksFout(f"configuratie {path}: {key} heeft een waarde van de verkeerde soort: {value!r}")
    midden = int(str(table.get("klasse_midden_procent", 75)))
    if not 0 < midden < 100:
        raise GebruiksFout(f"configuratie {path}: klasse_midden_procent moet tussen 0 en 100 liggen, niet {midden}")
    term = int(str(table.get("bewaartermijn_halfjaren", BEWAARTERMIJN_HALFJAREN)))
    if term < 1:
        raise GebruiksFout(f"configuratie {path}: bewaartermijn_halfjaren moet ten minste 1 zijn, niet {term}")
    names = {key: str(table[key]).strip() for key in ("uitgever", "contact") if key in table}
    if not all(names.values()):
        raise GebruiksFout(f"configuratie {path}: uitgever en contact mogen niet leeg zijn; laat weg wat u niet invult")
    return Instellingen(
        data=path.parent / str(table.get("data", "data")),
        output=path.parent / str(table.get("output", "output")),
        klasse_midden_procent=midden,
        wachttijd=float(str(table.get("wachttijd", 60.0))),
        normen=norms_of_settings(table.get("normen", []), path),
        bron_opties=options_of_settings(table.get("bron_opties", {}), f"configuratie {path}"),
        ondertekening=_signing(table.get("ondertekening", {}), path),
        planning=planning_of_settings(table.get("planning", {}), f"configuratie {path}"),
        melding=notice_of_settings(table.get("melding", {}), path),
        bewaartermijn_halfjaren=term,
        opslag=_storage(table.get("opslag", {}), path),
        **names,
    )


def _signing(table: object, path: Path) -> Ondertekening:
    """`[ondertekening]`: sleutel (one path), vertrouwd (a list of paths)."""
    given = dict(table) if isinstance(table, dict) else {}
    key, trusted = given.pop("sleutel", None), given.pop("vertrouwd", [])
    texts = ["-" if key is None else key, *(trusted if isinstance(trusted, list) else [None])]
    if given or not all(isinstance(text, str) and text for text in texts):
        raise GebruiksFout(
            f"configuratie {path}: [ondertekening] heeft alleen sleutel (het pad van een .p12) en vertrouwd (een lijst "
            "van paden van certificaten); het wachtwoord komt uit de omgeving"
        )
    return Ondertekening(path.parent / key if key else None, tuple(path.parent / text for text in trusted))


def _storage(table: object, path: Path) -> Opslag:
    """`[opslag]`: sleutel (one path)."""
    given = dict(table) if isinstance(table, dict) else {}
    key = given.pop("sleutel", None)
    if given or not (key is None or (isinstance(key, str) and key)):
        raise GebruiksFout(
            f"configuratie {path}: [opslag] heeft alleen sleutel (het pad van een bestand met de sleutel)"
        )
    return Opslag(path.parent / key if key else None)


def make_run(
    settings: Instellingen,
    periode: Periode,
    levering: str | None = None,
    peildatum: date | None = None,
    briefdatum: date | None = None,
) -> Run:
    """The run of `periode` with the defaults filled in; nothing is read or written yet.

    The peildatum is the first day after the period, the briefdatum 90 days later. Without `levering` it is the own
    delivery in the data folder; None stands for the demonstration (see `delivery_of`). GebruiksFout when there is
    neither.
    """
    peildatum = peildatum or periode.eind
    run = Run(
        periode=periode,
        peildatum=peildatum,
        briefdatum=briefdatum or peildatum + BRIEF_NA_PEILDATUM,
        levering=levering or _own_delivery(settings, periode),
        klasse_midden_procent=settings.klasse_midden_procent,
        normen=norms_for(settings.normen, peildatum),
        uitgever=settings.uitgever,
        contact=settings.contact,
    )
    if run.levering is None and periode != DEMONSTRATIE:
        raise GebruiksFout(
            f"geen levering voor {periode}: {_own_folder(settings, periode)} bestaat niet; zet de bestanden daar of "
            "geef --levering MAP"
        )
    return run


def _own_folder(settings: Instellingen, periode: Periode) -> Path:
    return deliveries_folder(settings.data) / str(periode)


def _own_delivery(settings: Instellingen, periode: Periode) -> str | None:
    folder = _own_folder(settings, periode)
    return str(folder) if folder.is_dir() else None


def delivery_of(settings: Instellingen, run: Run) -> str:
    """Address of the delivery of `run`: folder, zip or remote. The demonstration is generated in the output folder."""
    if run.levering is not None:
        return run.levering
    from pipeline.sample.demonstration import demonstration_delivery

    return str(demonstration_delivery(settings.output, run.periode))


def store_parameters(con: duckdb.DuckDBPyConnection, run: Run) -> None:
    """Write `invoer.parameters`, one row, and `invoer.normen`; both are read by the SQL."""
    store_norms(con, run.normen)
    con.execute(
        """
        create or replace table invoer.parameters as
        select
            $periode::varchar as periode,
            $daarvoor::varchar as periode_daarvoor,
            $vorige::varchar as periode_vorige,
            $volgende::varchar as periode_volgende,
            $daarna::varchar as periode_daarna,
            $jaar::integer as jaar,
            $halfjaar::integer as halfjaar,
            $begin::date as begin,
            $eind::date as eind,
            $peildatum::date as peildatum,
            $briefdatum::date as briefdatum,
            $midden::integer as klasse_midden_procent,
            $uitgever::varchar as uitgever,
            $contact::varchar as contact
        """,
        {
            "periode": str(run.periode),
            "daarvoor": str(run.periode.vorige.vorige),
            "vorige": str(run.periode.vorige),
            "volgende": str(run.periode.volgende),
            "daarna": str(run.periode.volgende.volgende),
            "jaar": run.periode.jaar,
            "halfjaar": run.periode.halfjaar,
            "begin": run.periode.begin,
            "eind": run.periode.eind,
            "peildatum": run.peildatum,
            "briefdatum": run.briefdatum,
            "midden": run.klasse_midden_procent,
            "uitgever": run.uitgever,
            "contact": run.contact,
        },
    )


def store_delivery(con: duckdb.DuckDBPyConnection, *, voorbeeld: bool) -> None:
    """Write `invoer.levering`: one row; `voorbeeld` says that the persons in the delivery are generated."""
    con.execute(
        "create or replace table invoer.levering as select $voorbeeld::boolean as voorbeeld", {"voorbeeld": voorbeeld}
    )


def current_user() -> str:
    """Who runs this, for the run's tags; never part of an edition."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
