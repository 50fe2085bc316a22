"""Editions: made whole in a temporary folder, verified, then renamed into place. Nothing half-done is left behind.

Belongs here: what an edition consists of and how it is placed. Not here: how the document looks (document/), what the
figures are (sql/). An edition is a function of the warehouse, the code and what people decided
about it.
"""

# Names of tables come from the shipped SQL files and contracts; values are parameters.
# ruff: noqa: S608

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb

from pipeline.core.config import CONTACT, UITGEVER
from pipeline.core.document.marks import is_concept
from pipeline.core.document.meta import Controle, DocumentMeta, Invoerbestand, Referentiebestand
from pipeline.core.document.validation import Keuring, bezwaren, keur
from pipeline.core.earlier import Gelezen, files_used
from pipeline.core.edition_store import (
    BUSY,
    EditieFout,
    next_number,
    place_edition,
    place_public,
    public_folder,
    remove,
    sole_maker,
    temporary_edition,
)
from pipeline.core.figures import Register
from pipeline.core.frozen import freeze_all
from pipeline.core.harmless import harmless_sql
from pipeline.core.intake import summaries
from pipeline.core.lineage import LINEAGE, applied_corrections, by_fives, delivered_files, sql_hashes, write_lineage
from pipeline.core.manifest import (
    MANIFEST,
    Code,
    code_identity,
    output_hashes,
    package_versions,
    sha256_file,
    system_versions,
    write_manifest,
)
from pipeline.core.norms import Norm, norms_used
from pipeline.core.opendata import write_open_data
from pipeline.core.periods import Periode
from pipeline.core.readers import place_copy, write_copy
from pipeline.core.reference import reference_files
from pipeline.core.sealed import seal
from pipeline.core.vault import opened, piped, place_file
from pipeline.core.warehouse import CheckResult, refuse_blocked, run_checks, stale_tables

REJECTS = "afkeur"
_REJECT_TEXTS = ("bestand", "blad", "kolom", "waarde", "reden", "herstel")


@dataclass(frozen=True)
class Besluit:
    """What people decided about an edition: its number, the reason of each finding that they accepted (by the name of
    its check), and whether it is the one to publish, made from the sources of which edition.
    """

    nummer: int
    aanvaard: Mapping[str, str] = field(default_factory=dict)
    gepubliceerd: bool = False
    uit_editie: int | None = None

    @classmethod
    def van(cls, manifest: Mapping[str, Any]) -> "Besluit":
        """The decisions that the manifest of an edition holds."""
        own = manifest["besluit"]
        return cls(manifest["editie"], own["aanvaard"], own["gepubliceerd"], own["uit_editie"])

    def as_dict(self) -> dict[str, Any]:
        """For the manifest; the number stands there already."""
        return {
            "aanvaard": dict(self.aanvaard),
            "gepubliceerd": self.gepubliceerd,
            "uit_editie": self.uit_editie,
        }


@dataclass(frozen=True)
class Inhoud:
    """What was written: the results of the checks, the reasons of the findings that were accepted, how each PDF was
    judged, the hash of the manifest, and the seconds that the parts took (never part of an edition).
    """

    periode: Periode
    controles: tuple[CheckResult, ...]
    aanvaard: dict[str, str]
    keuringen: tuple[Keuring, ...]
    manifest_sha256: str
    seconden: dict[str, float]

    @property
    def bezwaren(self) -> tuple[str, ...]:
        """Why the PDFs may not be published as they are: one sentence per broken rule of PDF/UA-1 or PDF/A-3a.

        The edition is made all the same: its figures are right, and whoever must mend the document has to see it. Its
        manifest records the judgement, so that publishing can refuse.
        """
        return bezwaren(self.keuringen)

    @property
    def waarschuwingen(self) -> tuple[CheckResult, ...]:
        """Checks of severity `warn` that found something which nobody accepted."""
        return tuple(
            result for result in self.controles if not result.passed and result.check.name not in self.aanvaard
        )


@dataclass(frozen=True)
class Editie:
    """A finished edition: its number, its folder, its report, and what was written there."""

    nummer: int
    map: Path
    inhoud: Inhoud

    @property
    def periode(self) -> Periode:
        """The half-year."""
        return self.inhoud.periode

    @property
    def pdf(self) -> Path:
        """The report."""
        return self.map / report_name(self.periode)

    @property
    def openbaar(self) -> Path | None:
        """The folder that may leave the house; None when it was not made."""
        folder = public_folder(self.map)
        return folder if folder.is_dir() else None


def report_name(periode: Periode) -> str:
    """File name of the report."""
    return documents(periode)[0]


def documents(periode: Periode, *, openbaar: bool = False) -> tuple[str, str, str]:
    """File names of what is for reading: the report, the factsheet, the letter. Those of the openbaar edition say so,
    lest the other leaves the house.
    """
    name = f"{periode}-openbaar" if openbaar else str(periode)
    return f"voortgangsrapportage-{name}.pdf", f"kerncijfers-{name}.pdf", f"kamerbrief-{name}.docx"


def make_edition(
    con: duckdb.DuckDBPyConnection, output: Path, aanvaard: Mapping[str, str] | None = None, *, openbaar: bool = False
) -> Editie:
    """Make the next edition of the half-year in the warehouse and place it; with `openbaar` also the edition beside it
    that may leave the house (public_edition.py).

    `aanvaard`: reason per check whose findings may stand (acceptance.py). The blocking checks are evaluated here,
    whatever ran before: ControleFout when one fails, EditieFout when a table was built from other inputs than there are
    now (Dagster can run a part), BezetFout when another run keeps making an edition of this half-year.
    """
    if stale := stale_tables(con):
        raise EditieFout(
            f"de tabellen zijn niet van de levering die er nu ligt ({', '.join(stale[:3])}"
            f"{' en meer' if len(stale) > 3 else ''}); draai de hele rapportage, van de levering tot en met de editie"
        )
    periode = Periode.parse(_parameters(con)["periode"])
    seal(con, output / str(periode))
    with sole_maker(output, periode):
        nummer = next_number(output, periode)
        with temporary_edition(output, periode, nummer) as folder:
            besluit = Besluit(nummer, aanvaard or {})
            inhoud = write_edition(con, folder, besluit)
            copy = write_copy(con, folder)
            if openbaar:
                from pipeline.core.public_edition import write_new

                public = write_new(folder, output, besluit)
                inhoud = replace(inhoud, keuringen=(*inhoud.keuringen, *public.keuringen))
                place_public(folder, output, periode, nummer)
            place = place_edition(folder, output, periode, nummer)
            place_copy(copy, output, periode, nummer)
            remove(output / str(periode) / REJECTS)
    return Editie(nummer, place, inhoud)


def write_edition(con: duckdb.DuckDBPyConnection, folder: Path, besluit: Besluit, code: Code | None = None) -> Inhoud:
    """Write everything that an edition consists of into the empty `folder`, from the tables as they are, and read it
    back. The same inputs, code and decisions give the same bytes.

    `code`: what the edition calls the code that makes it, when that is not what this checkout calls it.

    An accepted check that found nothing has nothing to accept, and its reason stays out. ControleFout when a blocking
    check fails; EditieFout when a file is not what was written.
    """
    results = run_checks(con)
    refuse_blocked(results)
    freeze_all(con, folder)
    _export_rejects(con, folder / REJECTS, Periode.parse(_parameters(con)["periode"]))
    return write_figures(con, folder, besluit, results, code or code_identity())


def write_figures(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    besluit: Besluit,
    results: tuple[CheckResult, ...],
    code: Code,
    openbaar: Mapping[str, Any] | None = None,
) -> Inhoud:
    """Write all that an edition shows of its figures (tables, open data, documents, manifest) and read it back.

    `openbaar`: what the manifest of an edition with rounded figures says of itself; nothing about the rows of persons
    is written then.
    """
    clock = _Clock()
    outside = openbaar is not None
    reasons = {
        result.check.name: besluit.aanvaard[result.check.name]
        for result in results
        if not result.passed and result.check.name in besluit.aanvaard
    }
    besluit = replace(besluit, aanvaard=reasons)
    parameters = _parameters(con)
    periode = Periode.parse(parameters["periode"])
    export_tables(con, folder)
    write_open_data(
        con,
        folder,
        f"Voortgangsrapportage huisvesting vergunninghouders {periode}",
        parameters["peildatum"],
        parameters["briefdatum"],
        besluit.nummer,
    )
    write_lineage(
        con,
        folder,
        parameters,
        besluit.nummer,
        code,
        (LINEAGE, *documents(periode, openbaar=outside)),
        openbaar=outside,
    )
    meta = _document_meta(con, parameters, periode, besluit, _controles(results, reasons), folder, code)
    if openbaar is not None:
        meta = replace(_without_rows(meta), vervallen=tuple(openbaar["vervallen"]))
    clock.lap("uitvoer")
    # The report is judged while the factsheet and the letter are made.
    with ThreadPoolExecutor() as pool:
        judged = {pdf.name: pool.submit(keur, pdf.read_bytes()) for pdf in _render(con, meta, folder)}
        clock.lap("document")
        keuringen = {name: judged[name].result() for name in sorted(judged)}
    clock.lap("keuring")
    manifest = _manifest(parameters, norms_used(con), files_used(con), besluit, meta, results, code)
    manifest["invoer"] = delivered_files(con, openbaar=outside)
    manifest["correcties"] = applied_corrections(con)
    if openbaar is not None:
        manifest["openbaar"] = dict(openbaar)
    manifest["keuring"] = {pdf: [keuring.as_dict() for keuring in keuringen[pdf]] for pdf in keuringen}
    written = write_manifest(folder, manifest)
    _verify(folder)
    clock.lap("bewijs")
    return Inhoud(periode, results, reasons, tuple(chain(*keuringen.values())), sha256_file(written), clock.laps)


class _Clock:
    """Seconds per part of the making; never part of an edition."""

    def __init__(self) -> None:
        self.laps: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.laps[name] = round(now - self._last, 3)
        self._last = now


def _parameters(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    cursor = con.execute("select * from invoer.parameters")
    names = [column[0] for column in cursor.description or ()]
    return dict(zip(names, cursor.fetchall()[0], strict=True))


def _tables(con: duckdb.DuckDBPyConnection, schema: str) -> tuple[str, ...]:
    rows = con.execute(
        "select table_name from information_schema.tables where table_schema = ? order by table_name", [schema]
    ).fetchall()
    return tuple(name for (name,) in rows)


def _copy(con: duckdb.DuckDBPyConnection, query: str, path: Path, options: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    con.execute(f"copy ({query}) to '{str(path).replace(chr(39), chr(39) * 2)}' ({options})")


def export_tables(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """The register and the open tables (`report.tabel_*`) as CSV; they keep the order that their SQL gave them.

    The definitions stand once in `tabellen/definities.csv`, not on each of the register's many rows.
    """
    register = "select * exclude (definitie) from report.cijfers"
    _copy(con, register, folder / "cijfers.csv", "format csv, header true")
    _copy(con, "select * from report.definities", folder / "tabellen" / "definities.csv", "format csv, header true")
    for table in _tables(con, "report"):
        if table.startswith("tabel_"):
            target = folder / "tabellen" / f"{table.removeprefix('tabel_')}.csv"
            _copy(con, f"select * from report.{table}", target, "format csv, header true")


def place_rejects(con: duckdb.DuckDBPyConnection, output: Path, periode: Periode) -> Path:
    """Findings and letters of a refused delivery in `afkeur` of the half-year, whole or not at all; the folder.

    They replace those of an earlier refusal; the next edition, which holds its own, removes them.
    """
    place = output / str(periode) / REJECTS
    work = place.with_name(f"{BUSY}{REJECTS}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        _export_rejects(con, work, periode)
        shutil.rmtree(place, ignore_errors=True)
        work.rename(place)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return place


def _export_rejects(con: duckdb.DuckDBPyConnection, folder: Path, periode: Periode) -> None:
    """Every finding of intake as a table, and one letter per deliverer that can be mailed back as it is; encrypted when
    there is a storage key.
    """
    texts = ", ".join(map(harmless_sql, _REJECT_TEXTS))
    query = f"select * replace ({texts}) from levering.afkeur order by all"
    listed = bytearray()
    piped(con, query, "format csv, header true", listed.extend)
    folder.mkdir(parents=True)
    with opened() as kluis:
        place_file(folder / "afkeur.csv", bytes(listed), kluis)
        for name, text in summaries.letters(con, str(periode)):
            place_file(folder / name, text.encode(), kluis)


def _controles(results: tuple[CheckResult, ...], reasons: Mapping[str, str]) -> tuple[Controle, ...]:
    return tuple(
        Controle(
            result.check.name,
            result.check.severity,
            result.check.title,
            result.offending,
            result.examples,
            reasons.get(result.check.name, ""),
            result.applies,
        )
        for result in results
    )


def _document_meta(
    con: duckdb.DuckDBPyConnection,
    parameters: dict[str, Any],
    periode: Periode,
    besluit: Besluit,
    controles: tuple[Controle, ...],
    folder: Path,
    code: Code,
) -> DocumentMeta:
    from pipeline.core.document.attachments import bijlagen

    inputs = con.execute(
        """
        select bestand, extract, leverancier, sha256, bytes, rijen_behouden, rijen_geweigerd
        from levering.herkomst
        order by bestand
        """
    ).fetchall()
    return DocumentMeta(
        periode=periode,
        peildatum=parameters["peildatum"],
        briefdatum=parameters["briefdatum"],
        editie=besluit.nummer,
        concept=is_concept(controles, gepubliceerd=besluit.gepubliceerd),
        voorbeeld=con.execute("select voorbeeld from invoer.levering").fetchall()[0][0],
        intern=_has_persons(con),
        versie=code.versie,
        commit=code.commit,
        code_sha256=code.sha256,
        invoer=tuple(Invoerbestand(*row) for row in inputs),
        referentie=tuple(
            Referentiebestand(file.naam, file.sha256, file.bron, file.licentie) for file in reference_files()
        ),
        controles=controles,
        pakketten=tuple(package_versions().items()),
        bijlagen=tuple((bijlage.naam, bijlage.omschrijving) for bijlage in bijlagen(folder)),
        # A warehouse of before these settings has neither.
        uitgever=parameters.get("uitgever", UITGEVER),
        contact=parameters.get("contact", CONTACT),
    )


def _has_persons(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether figures rest on rows of persons. Those of an overview alone are public as they are."""
    extracts = "personen or koppelingen or afmeldingen or vergunningen or nareis or gemeenten"
    return bool(con.execute(f"select {extracts} from staging.aanwezig").fetchall()[0][0])


def _without_rows(meta: DocumentMeta) -> DocumentMeta:
    """What a reader outside may know of the making: numbers of rows by fives, and no row that a check found."""
    return replace(
        meta,
        intern=False,
        openbaar=True,
        invoer=tuple(
            replace(file, rijen_behouden=by_fives(file.rijen_behouden), rijen_geweigerd=by_fives(file.rijen_geweigerd))
            for file in meta.invoer
        ),
        controles=tuple(
            replace(controle, gevonden=by_fives(controle.gevonden), voorbeelden=()) for controle in meta.controles
        ),
    )


def _render(con: duckdb.DuckDBPyConnection, meta: DocumentMeta, folder: Path) -> Iterator[Path]:
    """The report, and beside it the factsheet and the letter: one register, one set of marks. Each PDF as it is ready;
    all of it must be taken.
    """
    from pipeline.core.document.attachments import bijlagen
    from pipeline.core.document.factsheet import render_factsheet
    from pipeline.core.document.letter import write_letter
    from pipeline.core.document.render import WarehouseTabellen, render_report

    report, factsheet, letter = documents(meta.periode, openbaar=meta.openbaar)
    register = Register.from_connection(con)
    work = folder / ".werk"
    work.mkdir()
    render_report(con, register, meta, work, folder / report, bijlagen(folder))
    yield folder / report
    render_factsheet(register, WarehouseTabellen(con), meta, work, folder / factsheet)
    yield folder / factsheet
    shutil.rmtree(work)
    write_letter(register, meta, folder / letter)


def _manifest(
    parameters: dict[str, Any],
    normen: tuple[Norm, ...],
    eerder: tuple[Gelezen, ...],
    besluit: Besluit,
    meta: DocumentMeta,
    results: tuple[CheckResult, ...],
    code: Code,
) -> dict[str, Any]:
    return {
        "editie": besluit.nummer,
        "besluit": besluit.as_dict(),
        "parameters": {key: str(value) for key, value in parameters.items()},
        "normen": [{**asdict(norm), "geldig_vanaf": str(norm.geldig_vanaf)} for norm in normen],
        "code": asdict(code),
        "pakketten": dict(meta.pakketten),
        "systeem": system_versions(),
        "sql": sql_hashes(),
        "eerder": [asdict(file) for file in eerder],
        "referentie": [asdict(file) for file in meta.referentie],
        "controles": [
            {
                "naam": result.check.name,
                "zwaarte": result.check.severity,
                "titel": result.check.title,
                "sha256": result.check.file.sha256,
                "gevonden": controle.gevonden,
                "aanvaard": controle.aanvaard or None,
            }
            for result, controle in zip(results, meta.controles, strict=True)
        ],
    }


def _verify(folder: Path) -> None:
    """Read everything back and compare with the manifest; EditieFout names the first file that differs."""
    written = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["uitvoer"]
    found = {name: facts for name, facts in output_hashes(folder).items() if name != MANIFEST}
    for name in sorted(written.keys() | found.keys()):
        if written.get(name) != found.get(name):
            raise EditieFout(
                f"{name} is na het schrijven niet meer gelijk aan het manifest; controleer de schijf en start opnieuw"
            )
