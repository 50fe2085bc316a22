"""From figures to the document: pictures into the work folder, templates into one HTML text, that text into a PDF.

Belongs here: which parts the report has and what each template gets. Not here: drawing (charts.py, maps.py), the
environment of the templates (templating.py), WeasyPrint (pdf.py).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.document import chart_data, chart_data_persons, charts, maps
from pipeline.core.document.chart_parts import Ring
from pipeline.core.document.definition_list import definitielijst
from pipeline.core.document.dutch import (
    bijeen_html,
    format_datum,
    format_datum_kort,
    format_getal,
    halfjaar,
    halfjaar_kop,
    maandnaam,
    maandnaam_kort,
    met_hoofdletter,
)
from pipeline.core.document.file_lines import invoer, referentie
from pipeline.core.document.marks import VIJFTALLEN, merk
from pipeline.core.document.meta import Controle, DocumentMeta
from pipeline.core.document.pdf import Bijlage, render_pdf
from pipeline.core.document.prose import Cijferbron
from pipeline.core.document.templating import SJABLONEN, Rij, Tabellen, sjabloon_omgeving
from pipeline.core.document.texts import Teksten, lees_ankers
from pipeline.core.errors import DocumentFout
from pipeline.core.house import house_path

if TYPE_CHECKING:
    import duckdb

    from pipeline.core.figures import Register

__all__ = ["Bijlage", "Grenzen", "WarehouseTabellen", "build_document", "render_pdf", "render_report"]

_TABEL = re.compile(r"report\.[a-z_]+")
# What an openbaar edition calls any count from one to seven (by_fives in lineage.py).
_FEWEST = 5
# How many municipalities the list of most overdue koppelingen has.
_LANGST = 10
# Columns that several rows share: of the overdue koppelingen, of the reconciliation, and per municipality in bijlage A.
_TE_LANG = (
    "koppelingen.totaal",
    "koppelingen.langer_dan_norm",
    "koppelingen.langer_dan_norm_procent",
    "koppelingen.te_lang_weken_1_4",
    "koppelingen.te_lang_weken_5_13",
    "koppelingen.te_lang_weken_14_26",
    "koppelingen.te_lang_ernstig_vertraagd",
    "koppelingen.langer_dan_norm_huishoudens",
)
# The day of ABRvS ECLI:NL:RVS:2018:2647: an earlier letter cannot rest on it.
_UITSPRAAK_BOEKHOUDING = date(2018, 8, 8)
_AANSLUITING = (
    "aansluiting.geplaatst",
    "aansluiting.gelijk",
    "aansluiting.andere_datum",
    "aansluiting.andere_gemeente",
    "aansluiting.gemeente_leverde_niet",
    "aansluiting.gemeente_ander_halfjaar",
    "aansluiting.alleen_coa",
)
_BOEKEN = (
    "boekhouding.open_ouder",
    "boekhouding.open_eigen",
    "boekhouding.voorsprong",
    "realisatie.per_100k",
    "±controle.artikel_29_verschil",
    "±controle.adams_verschil",
)
_PERSONEN = (
    "opvang.opgevangen",
    "koppelingen.totaal",
    "koppelingen.langer_dan_norm",
    "koppelingen.beschikbaar",
    "±aansluiting.verschil",
)
# The checks of the division, of which the text names so many municipalities that differ most.
_CONTROLES = ("controle.artikel_29_verschil", "controle.adams_verschil")
_UITSCHIETERS = 5
# Columns with the name of an area or a class.
_NAAMKOLOMMEN = frozenset({"gemeente", "provincie", "naam"})
_OMTREK_KLEUR = "#3a6596"


@dataclass(frozen=True)
class Grenzen:
    """Shapes for the map: `vormen` per gemeentecode, `provincies` as lines; planar coordinates."""

    vormen: Mapping[str, Sequence[maps.Veelhoek]]
    provincies: Sequence[Ring]

    @classmethod
    def van_jaar(cls, jaar: int) -> "Grenzen | None":
        """The shipped boundaries of that year; None when there are none, and the report has no map."""
        from pipeline.core.boundaries import boundary_year, municipality_shapes, province_borders

        if boundary_year(jaar) is None:
            return None
        return cls(municipality_shapes(jaar), province_borders(jaar))


class WarehouseTabellen:
    """The label tables of a warehouse, each read once, in the order that their SQL gave them."""

    def __init__(self, con: "duckdb.DuckDBPyConnection") -> None:
        self._con = con
        self._gelezen: dict[str, list[Rij]] = {}

    def rows(self, table: str) -> list[Rij]:
        """All rows of `report.<name>` as mappings; DocumentFout for a table outside `report`."""
        if not _TABEL.fullmatch(table):
            raise DocumentFout(f"{table!r} is geen tabel voor het document; alleen tabellen in report zijn dat")
        if table not in self._gelezen:
            cursor = self._con.execute(f"select * from {table}")  # noqa: S608 - the name is matched above
            names = [column[0] for column in cursor.description or ()]
            self._gelezen[table] = [_leesbaar(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
        return self._gelezen[table]


def _leesbaar(rij: dict[str, Any]) -> Rij:
    """A row with the names as they are set: ’s-Gravenhage. The open tables keep the official spelling."""
    return {
        kolom: waarde.replace("'", "’") if kolom in _NAAMKOLOMMEN and isinstance(waarde, str) else waarde
        for kolom, waarde in rij.items()
    }


def render_report(
    con: "duckdb.DuckDBPyConnection",
    register: "Register",
    meta: DocumentMeta,
    workdir: Path,
    out_path: Path,
    attachments: Sequence[Bijlage] = (),
) -> None:
    """Make the voortgangsrapportage of the warehouse `con` at `out_path`; `workdir` is scratch, empty at the start."""
    html = build_document(register, WarehouseTabellen(con), meta, workdir)
    render_pdf(html, workdir, out_path, meta, attachments)


def build_document(
    register: Cijferbron, tables: Tabellen, meta: DocumentMeta, workdir: Path, grenzen: Grenzen | None = None
) -> str:
    """The whole report as one HTML text; charts and map are written as SVG in `workdir`, to which the HTML refers.

    Without `grenzen` the shipped boundaries of the period's year are drawn, and no map when that year has none. The
    text is the same on every machine: no path, no clock. Raises DocumentFout or OnbekendCijfer when something that
    must be printed is missing.
    """
    grenzen = grenzen or Grenzen.van_jaar(meta.periode.jaar)
    figuren = _teken_figuren(register, tables, meta, workdir, grenzen)
    omgeving = sjabloon_omgeving(register, tables)
    woorden = meta_tekst(meta)
    toelichting = {rij["sleutel"]: rij["tekst"] for rij in tables.rows("report.toelichting")}
    koppen: Any = omgeving.get_template("macros.html.j2").module
    teksten = Teksten(
        register,
        house_path("report_templates") / SJABLONEN,
        woorden["periode"],
        woorden,
        toelichting=toelichting,
        ankers=lees_ankers(koppen.titels, koppen.hoofdstukken),
    )
    omgeving.globals["tekst"] = teksten.tekst
    html = omgeving.get_template("rapport.html.j2").render(
        meta=woorden,
        figuren=figuren,
        **_gebieden(tables),
        **_personen(register, tables),
        **_vooruitblik(register, meta),
        toelichting=toelichting,
        definities=definitielijst(tables.rows("report.definities")),
        grondslagen={rij["cijfer_id"]: rij["grondslag"] for rij in tables.rows("report.definities")},
        bevindingen=_bevindingen(tables),
        correcties=_correcties(tables),
        uitschieters={maat: _uitschieters(register, tables, maat) for maat in _CONTROLES},
        **_herzieningen(tables),
    )
    return bijeen_html(html)


def _teken_figuren(
    register: Cijferbron, tables: Tabellen, meta: DocumentMeta, workdir: Path, grenzen: Grenzen | None
) -> dict[str, dict[str, str]]:
    """Draw every picture; per name its file and its alt text."""
    gebieden = tables.rows("report.gebieden")
    maanden = chart_data.maandreeks(register, meta.periode)
    schema = chart_data.schemareeks(register, meta.periode)
    saldo = chart_data.saldoparen(register, meta)
    provincies = chart_data.provinciestanden(register, gebieden)
    figuren: dict[str, tuple[Callable[[], bytes], str]] = {
        "maanden": (lambda: charts.teken_maanden(maanden), charts.alt_maanden(maanden)),
        "schema": (lambda: charts.teken_schema(schema), charts.alt_schema(schema)),
        "saldo": (lambda: charts.teken_saldo(saldo), charts.alt_saldo(saldo)),
        "provincies": (lambda: charts.teken_provincies(provincies), charts.alt_provincies(provincies)),
    }
    figuren |= chart_data_persons.beelden(register, tables.rows("report.tabel_overlevingscurven"), meta)
    if grenzen is not None:
        figuren |= _kaarten(register, tables, grenzen)
    for naam, (maak, _) in figuren.items():
        (workdir / f"{naam}.svg").write_bytes(maak())
    return {naam: {"bestand": f"{naam}.svg", "alt": alt} for naam, (_, alt) in figuren.items()}


def _kaarten(register: Cijferbron, tables: Tabellen, grenzen: Grenzen) -> dict[str, tuple[Callable[[], bytes], str]]:
    """The map of the municipalities, and the outline for the cover (without alt text: it is a background)."""
    klasse_van = {rij["gemeentecode"]: rij["klasse"] for rij in tables.rows("report.gemeenten")}
    namen = {rij["gemeentecode"]: rij["gemeente"] for rij in tables.rows("report.gemeenten")}
    kaart = chart_data.kaartcijfers(register, tables.rows("report.gebieden"))
    return {
        "kaart": (
            lambda: maps.teken_kaart(grenzen.vormen, grenzen.provincies, klasse_van, kaart, namen),
            maps.alt_kaart(kaart),
        ),
        "omtrek": (lambda: maps.teken_omtrek(grenzen.vormen, grenzen.provincies, 128, 151, _OMTREK_KLEUR), ""),
    }


def _gebieden(tables: Tabellen) -> dict[str, Any]:
    """Areas as the templates walk through them: provinces with their municipalities, regions, and names by code."""
    gebieden = tables.rows("report.gebieden")
    gemeenten = sorted(tables.rows("report.gemeenten"), key=lambda rij: rij["volgorde"])
    verschuivingen = sorted(tables.rows("report.verschuivingen"), key=lambda rij: rij["rang"])
    nulgehuisvest = sorted(tables.rows("report.nulgehuisvest"), key=lambda rij: rij["volgorde"])
    gemeente = {rij["gemeentecode"]: rij for rij in gemeenten}

    def van_soort(soort: str) -> list[Rij]:
        return sorted((rij for rij in gebieden if rij["soort"] == soort), key=lambda rij: rij["volgorde"])

    return {
        "land": van_soort("land")[0],
        "provincies": [
            {**rij, "gemeenten": [g for g in gemeenten if g["provinciecode"] == rij["gebied"]]}
            for rij in van_soort("provincie")
        ],
        "regios": van_soort("arbeidsmarktregio"),
        "achteruit": [gemeente[rij["gemeentecode"]] for rij in verschuivingen if rij["richting"] == "achteruit"],
        "vooruit": [gemeente[rij["gemeentecode"]] for rij in verschuivingen if rij["richting"] == "vooruit"],
        "nulgehuisvest": [gemeente[rij["gemeentecode"]] for rij in nulgehuisvest],
    }


def _personen(register: Cijferbron, tables: Tabellen) -> dict[str, Any]:
    """What the chapters on persons walk through: classes with their names, and municipalities in an order."""
    klassen: dict[str, list[Rij]] = {}
    for rij in tables.rows("report.opvang_klassen"):
        if rij["naam"] is not None:
            klassen.setdefault(rij["dimensie"], []).append(rij)
    gemeenten = sorted(tables.rows("report.gemeenten"), key=lambda rij: rij["volgorde"])
    gemeente = {rij["gemeentecode"]: rij for rij in gemeenten}
    met_personen = register.cijfer("opvang.totaal").waarde is not None

    def te_lang(rij: Rij) -> Decimal:
        return register.cijfer("koppelingen.langer_dan_norm", rij["gemeentecode"]).waarde or Decimal(0)

    langst = sorted(gemeenten, key=te_lang, reverse=True)[:_LANGST] if met_personen else []
    kolommen = (*_BOEKEN, *(_PERSONEN if met_personen else ()))
    return {
        "klassen": klassen,
        "langst": [rij for rij in langst if te_lang(rij) > 0],
        "niet_geleverd": [gemeente[rij["gemeentecode"]] for rij in tables.rows("report.niet_geleverd")],
        "met_personen": met_personen,
        "te_lang": _TE_LANG,
        "aansluiting_cijfers": _AANSLUITING,
        "per_gemeente": (*kolommen, "toezicht.halfjaren_achter"),
        "per_provincie": kolommen,
    }


def _vooruitblik(register: Cijferbron, meta: DocumentMeta) -> dict[str, Any]:
    """The half-years around this one of which something is known, and whether there is any prognosis."""
    dit = meta.periode
    reeks = (
        ("_min_2", dit.vorige.vorige),
        ("_min_1", dit.vorige),
        ("_0", dit),
        ("_1", dit.volgende),
        ("_2", dit.volgende.volgende),
    )

    def bekend(cijfer_id: str) -> bool:
        return register.cijfer(cijfer_id).waarde is not None

    rijen = [
        {"id": id_, "naam": halfjaar_kop(periode), "voorbij": periode <= dit}
        for id_, periode in reeks
        if bekend(f"vooruitblik.taakstelling{id_}")
        or bekend(f"vooruitblik.prognose{id_}")
        or (periode <= dit and bekend(f"vooruitblik.realisatie{id_}"))
    ]
    return {"vooruitblik": rijen, "prognoses": any(bekend(f"vooruitblik.prognose{rij['id']}") for rij in rijen)}


def _bevindingen(tables: Tabellen) -> list[dict[str, str]]:
    """What reading the delivery found, one row per kind, as text."""
    return [
        {
            "ernst": str(rij["ernst"]),
            "controle": met_hoofdletter(str(rij["controle"])),
            "aantal": format_getal(rij["aantal"]),
            "bestanden": format_getal(rij["bestanden"]),
            "voorbeeld": f"{rij['bestand']}: {rij['reden']}",
        }
        for rij in tables.rows("report.bevindingen")
    ]


def _uitschieters(register: Cijferbron, tables: Tabellen, maat: str) -> list[Rij]:
    """The municipalities with the largest difference of that measure, the largest first; at the same, by code."""

    def verschil(rij: Rij) -> Decimal:
        return abs(register.cijfer(maat, rij["gemeentecode"]).waarde or Decimal(0))

    op_code = sorted(tables.rows("report.gemeenten"), key=lambda rij: str(rij["gemeentecode"]))
    return [rij for rij in sorted(op_code, key=verschil, reverse=True)[:_UITSCHIETERS] if verschil(rij)]


def _herzieningen(tables: Tabellen) -> dict[str, Any]:
    """What differs from the published edition of this half-year, and the municipalities with late afmeldingen."""
    rijen = sorted(tables.rows("report.herzien"), key=lambda rij: rij["volgorde"])
    laat = tables.rows("report.tabel_nagekomen")
    laatste = laat[-1]["periode"] if laat else None
    return {
        "herzien": {
            "kern": [rij for rij in rijen if rij["gebied"] == "NL"],
            "gemeenten": [rij for rij in rijen if rij["gebied"] != "NL"],
        },
        "nagekomen": [rij for rij in laat if rij["periode"] == laatste],
    }


def _correcties(tables: Tabellen) -> list[dict[str, str]]:
    """The applied corrections of the delivery as text, in their own order."""
    return [
        {
            "nummer": format_getal(rij["volgnummer"]),
            "waar": f"{rij['extract']}, {rij['waar']}" if rij["waar"] else str(rij["extract"]),
            "actie": str(rij["actie"]).replace("_", " "),
            "wat": _verandering(rij),
            "reden": str(rij["reden"]),
            "status": f"{str(rij['status']).replace('_', ' ')}, {format_datum_kort(rij['gemeld_op'])}",
            "rijen": format_getal(rij["rijen"]),
        }
        for rij in tables.rows("report.correcties")
    ]


def _verandering(rij: Rij) -> str:
    """kolom: oud wordt nieuw; only what there is."""
    naar = f"{rij['oud'] or 'leeg'} wordt {rij['nieuw'] or 'leeg'}" if rij["kolom"] else str(rij["nieuw"])
    return f"{rij['kolom']}: {naar}" if rij["kolom"] else naar


def _uitkomst(controle: Controle, *, openbaar: bool) -> str:
    """What a check found, in words: it has not passed where there was nothing to hold against. In an openbaar edition
    the count is by fives, and the words claim no more: its five stands for any number from one to seven.
    """
    if controle.gevonden and openbaar:
        few = controle.gevonden <= _FEWEST
        return "gevonden: minder dan 8" if few else f"gevonden: {format_getal(controle.gevonden)}, {VIJFTALLEN}"
    if controle.gevonden:
        return f"gevonden: {format_getal(controle.gevonden)}"
    return "geen bevindingen" if controle.van_toepassing else "niet van toepassing"


def meta_tekst(meta: DocumentMeta) -> dict[str, Any]:
    """All of the document's own facts as text, so that a template has nothing to format."""
    volgende = meta.periode.volgende
    return {
        "periode": str(meta.periode),
        "jaar": str(meta.periode.jaar),
        "halfjaar": halfjaar(meta.periode),
        "halfjaar_kop": halfjaar_kop(meta.periode),
        "halfjaar_volgende": halfjaar(volgende),
        "halfjaar_daarna": halfjaar(volgende.volgende),
        "periode_vorige": str(meta.periode.vorige),
        "begin": format_datum(meta.periode.begin),
        "eind": format_datum(meta.periode.eind),
        "begin_kort": format_datum_kort(meta.periode.begin),
        "peildatum": format_datum(meta.peildatum),
        "peildatum_kort": format_datum_kort(meta.peildatum),
        "briefdatum": format_datum(meta.briefdatum),
        "na_uitspraak_boekhouding": meta.briefdatum >= _UITSPRAAK_BOEKHOUDING,
        "briefdatum_iso": f"{meta.briefdatum.isoformat()}T00:00:00Z",
        "maanden": [maandnaam(dag) for dag in meta.periode.maanden],
        "maanden_kort": [maandnaam_kort(dag) for dag in meta.periode.maanden],
        "laatste_maand": maandnaam(meta.periode.maanden[-1]),
        "editie": str(meta.editie),
        "concept": meta.concept,
        "voorbeeld": meta.voorbeeld,
        "intern": meta.intern,
        "openbaar": meta.openbaar,
        "vervallen": list(meta.vervallen),
        "afronding": merk(concept=False, voorbeeld=False, openbaar=meta.openbaar),
        "concept_of_voorbeeld": merk(concept=meta.concept, voorbeeld=meta.voorbeeld, intern=meta.intern),
        "merk": merk(concept=meta.concept, voorbeeld=meta.voorbeeld, intern=meta.intern, openbaar=meta.openbaar),
        "uitgever": meta.uitgever,
        "contact": meta.contact,
        "versie": meta.versie,
        "commit": meta.commit or "",
        "code_sha256": meta.code_sha256,
        **invoer(meta.invoer),
        **referentie(meta.referentie),
        "controles": [
            {
                "titel": controle.titel,
                "zwaarte": {"block": "houdt de editie tegen", "warn": "waarschuwt"}.get(
                    controle.zwaarte, controle.zwaarte
                ),
                "uitkomst": _uitkomst(controle, openbaar=meta.openbaar),
                "voorbeelden": list(controle.voorbeelden),
                "aanvaard": controle.aanvaard,
            }
            for controle in meta.controles
        ],
        "pakketten": [f"{naam} {versie}" for naam, versie in meta.pakketten],
        "bijlagen": [{"naam": naam, "omschrijving": omschrijving} for naam, omschrijving in meta.bijlagen],
    }
