"""Whether a report that is asked for is there already: made of the same delivery, choices, code, libraries and earlier
editions, and still what it was when it was made.

Belongs here: what decides the content of an edition, noted when it is made and compared when it is asked for again. Not
here: making one. Dagster is not needed to know this, so that the answer comes at once.

What is not an input: that a later run would set its delivery beside this edition instead of the one before it
(intake/history.py). Whoever doubts asks for a new edition.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.config import Instellingen, Run, delivery_of
from pipeline.core.earlier import files_used, load_earlier, published_edition
from pipeline.core.edition_store import edition_folder, edition_numbers, manifest_of, noted_lines, public_folder
from pipeline.core.errors import VoortgangFout
from pipeline.core.intake.fingerprint import fingerprint, stored_fingerprint
from pipeline.core.intake.sources import open_source
from pipeline.core.manifest import MANIFEST, sha256_file
from pipeline.core.periods import Periode
from pipeline.core.verification import Vondst, changed_circumstances, compare_files, compare_public

if TYPE_CHECKING:
    import duckdb

MARK = "gemaakt_uit"
"""Its name in a line of the logbook."""


@dataclass(frozen=True)
class Ongewijzigd:
    """The edition that is there: as a run tells of what it made. `aangetast` is what was found to be touched since, so
    that a new edition must be made after all.
    """

    periode: str
    editie: int
    pdf: str
    map: str
    run_id: str
    waarschuwingen: tuple[str, ...]
    open: tuple[str, ...]
    aanvaard: tuple[str, ...]
    niet_nodig: tuple[str, ...]
    openbaar: str | None = None
    aangetast: tuple[Vondst, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        content = asdict(self)
        content.pop("aangetast")
        return {**content, "seconden": {}, "ongewijzigd": True}


def made_from(con: "duckdb.DuckDBPyConnection", run: Run) -> dict[str, Any]:
    """For the logbook: of which delivery, choices and editions the warehouse was made."""
    rows = con.execute("select periode, editie, manifest_sha256 from herziening.editie order by all").fetchall()
    return {
        "levering": stored_fingerprint(con),
        "keuzes": _choices(run),
        "edities": _editions([asdict(file) for file in files_used(con)], [list(row) for row in rows]),
    }


def unchanged_edition(
    settings: Instellingen, run: Run, accepted: Mapping[str, str], *, openbaar: bool = False
) -> Ongewijzigd | None:
    """The newest edition of the half-year when a run would make it again; None when it would make another one, or when
    that cannot be known: the run then says what is wrong. With `openbaar` only one with the openbaar edition beside it
    will do.
    """
    try:
        return _unchanged(settings, run, accepted, openbaar=openbaar)
    except VoortgangFout:
        return None


def _unchanged(settings: Instellingen, run: Run, accepted: Mapping[str, str], *, openbaar: bool) -> Ongewijzigd | None:
    output, periode = settings.output, run.periode
    numbers = edition_numbers(output, periode)
    if not numbers:
        return None
    nummer = max(numbers)
    folder = edition_folder(output, periode, nummer)
    if openbaar and not public_folder(folder).is_dir():
        return None
    manifest = manifest_of(folder)
    noted = [line for line in noted_lines(output, periode, nummer) if MARK in line]
    if manifest["besluit"]["gepubliceerd"] or not noted or not _same_acceptances(manifest, accepted):
        return None
    mark = noted[-1][MARK]
    if mark["keuzes"] != _choices(run) or mark["edities"] != _editions_now(output, periode):
        return None
    if changed_circumstances(manifest) or not _same_delivery(settings, run, mark["levering"]):
        return None
    touched = (*compare_files(output, periode, nummer, manifest), *compare_public(output, periode, nummer))
    return _told(folder, manifest, accepted, str(noted[-1].get("run", "")), touched)


def _same_delivery(settings: Instellingen, run: Run, mark: str | None) -> bool:
    with open_source(delivery_of(settings, run), opties=settings.bron_opties) as source:
        return mark is not None and fingerprint(source) == mark


def _same_acceptances(manifest: dict[str, Any], accepted: Mapping[str, str]) -> bool:
    """The same reasons for what was found; a reason for what was not found stays out of an edition."""
    found = {check["naam"] for check in manifest["controles"] if check["gevonden"]}
    kept = {name: reason for name, reason in accepted.items() if name in found}
    return bool(kept == manifest["besluit"]["aanvaard"])


def _choices(run: Run) -> str:
    """Hash of all that settings and command line choose: dates, thresholds, norms."""
    chosen = {name: value for name, value in asdict(run).items() if name != "levering"}
    return hashlib.sha256(json.dumps(chosen, sort_keys=True, default=str).encode()).hexdigest()


def _editions(earlier: list[dict[str, Any]], revised: list[list[Any]]) -> str:
    """Hash of the editions on which a run builds, and of the one that it is compared with."""
    return hashlib.sha256(json.dumps([earlier, revised], sort_keys=True).encode()).hexdigest()


def _editions_now(output: Path, periode: Periode) -> str:
    import duckdb

    with duckdb.connect() as con:
        con.execute("create schema eerder")
        load_earlier(con, output, periode)
        earlier = [asdict(file) for file in files_used(con)]
    folder = published_edition(output, periode)
    revised = [] if folder is None else [[str(periode), int(folder.name), sha256_file(folder / MANIFEST)]]
    return _editions(earlier, revised)


def _told(
    folder: Path, manifest: dict[str, Any], accepted: Mapping[str, str], run_id: str, touched: tuple[Vondst, ...]
) -> Ongewijzigd:
    periode = str(manifest["parameters"]["periode"])
    reasons: dict[str, str] = manifest["besluit"]["aanvaard"]
    still = [check for check in manifest["controles"] if check["gevonden"] and check["naam"] not in reasons]
    broken = [
        f"het document voldoet niet aan {judged['profiel']}: {rule['regel']} ({rule['melding']})"
        for pdf in manifest.get("keuring", {}).values()
        for judged in pdf
        for rule in judged["overtredingen"]
    ]
    return Ongewijzigd(
        periode=periode,
        editie=manifest["editie"],
        pdf=str((folder / f"voortgangsrapportage-{periode}.pdf").resolve()),
        map=str(folder.resolve()),
        run_id=run_id,
        waarschuwingen=(*(f"niet waar: {check['titel']} ({check['gevonden']} keer)" for check in still), *broken),
        open=tuple(check["naam"] for check in still),
        aanvaard=tuple(f"{name}: {reason}" for name, reason in reasons.items()),
        niet_nodig=tuple(sorted(accepted.keys() - reasons.keys())),
        openbaar=str(public_folder(folder).resolve()) if public_folder(folder).is_dir() else None,
        aangetast=touched,
    )
