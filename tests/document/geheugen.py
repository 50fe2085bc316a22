"""A register and label tables in memory, computed from a handful of municipal rows: what the document is tested with.

Belongs here: the small arithmetic that keeps the figures of such a register consistent. Not here: expectations of a
test. The formulas are those of the statutory terms, written apart from the SQL on purpose; they are not a second
source of the report.
"""

import heapq
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import duckdb
from jinja2 import Environment

from pipeline.core.document import factsheet, letter
from pipeline.core.document.prose_lint import cijfers_in
from pipeline.core.document.templating import SJABLONEN
from pipeline.core.document.texts import lees_teksten
from pipeline.core.errors import OnbekendCijfer
from pipeline.core.figures import Cijfer
from pipeline.core.house import house_path
from pipeline.core.sqlfiles import load_macros

DEFINITIE = "definitie van de proef"
MODEL = "proef/1"


@dataclass(frozen=True)
class Gemeenterij:
    """One municipality of the test: its codes, its account of the half-year and its inhabitants."""

    code: str
    naam: str
    provinciecode: str
    provincie: str
    saldo_begin: int
    netto: int
    maanden: tuple[int, int, int, int, int, int]
    inwoners: int
    regiocode: str | None = None
    regio: str | None = None

    @property
    def gecorrigeerd(self) -> int:
        return self.netto + self.saldo_begin

    @property
    def realisatie(self) -> int:
        return sum(self.maanden)

    @property
    def eindsaldo(self) -> int:
        return self.gecorrigeerd - self.realisatie

    @property
    def stand(self) -> str:
        return "achter" if self.eindsaldo > 0 else "exact" if self.eindsaldo == 0 else "voor"

    @property
    def halfjaren_achter(self) -> int:
        """As the report counts them with no earlier edition on hand: the start and the end of the half-year."""
        return 0 if self.eindsaldo <= 0 else 2 if self.saldo_begin > 0 else 1

    def klasse(self, midden: int) -> str:
        if self.gecorrigeerd <= 0:
            return "op_schema" if self.eindsaldo <= 0 else "achter"
        if self.realisatie >= self.gecorrigeerd:
            return "op_schema"
        return "enigszins_achter" if self.realisatie * 100 >= self.gecorrigeerd * midden else "achter"


class GeheugenRegister:
    """The register of a test: the same `cijfer` as the real one, over a dictionary."""

    def __init__(self, cijfers: Iterable[Cijfer]) -> None:
        self._cijfers = {(c.cijfer_id, c.gebied): c for c in cijfers}

    def cijfer(self, cijfer_id: str, gebied: str = "NL") -> Cijfer:
        try:
            return self._cijfers[cijfer_id, gebied]
        except KeyError:
            raise OnbekendCijfer(f"cijfer {cijfer_id!r} voor gebied {gebied!r} staat niet in het register") from None

    def bestaat(self, cijfer_id: str) -> bool:
        return any(naam == cijfer_id for naam, _ in self._cijfers)

    def met(self, cijfer_id: str, waarde: Decimal | int | None, gebied: str = "NL") -> "GeheugenRegister":
        """The same register with one value replaced."""
        kopie = GeheugenRegister(self._cijfers.values())
        nieuw = None if waarde is None else Decimal(waarde)
        kopie._cijfers[cijfer_id, gebied] = replace(self.cijfer(cijfer_id, gebied), waarde=nieuw)
        return kopie


class GeheugenTabellen:
    """Label tables of a test: `rows(name)` gives dictionaries."""

    def __init__(self, tabellen: dict[str, list[dict[str, Any]]]) -> None:
        self._tabellen = tabellen

    def rows(self, table: str) -> list[dict[str, Any]]:
        return self._tabellen[table]


def _rond(teller: int, noemer: int, schaal: int = 100, decimalen: str = "0.1") -> Decimal | None:
    if noemer == 0:
        return None
    exact = Fraction(teller * schaal, noemer)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(decimalen), rounding=ROUND_HALF_UP)


def _adams(gemeenten: Sequence[Gemeenterij], aangekondigd: int) -> dict[str, int]:
    zetels = {g.code: 1 for g in gemeenten}
    heap = [(-Fraction(g.inwoners, 1), g.code, g.inwoners) for g in gemeenten]
    heapq.heapify(heap)
    for _ in range(aangekondigd - len(gemeenten)):
        _, code, inwoners = heap[0]
        zetels[code] += 1
        heapq.heapreplace(heap, (-Fraction(inwoners, zetels[code]), code, inwoners))
    return zetels


def _optelbaar(g: Gemeenterij, midden: int, artikel_29: int, adams: int) -> dict[str, int]:
    """Every figure that adds up over municipalities."""
    over = max(0, -g.saldo_begin) + g.realisatie - g.netto
    oud = max(0, g.saldo_begin)
    waarden = {
        "taakstelling.netto": g.netto,
        "taakstelling.saldo_begin": g.saldo_begin,
        "taakstelling.gecorrigeerd": g.gecorrigeerd,
        "realisatie.totaal": g.realisatie,
        "saldo.eind": g.eindsaldo,
        "saldo.achterstand": max(0, g.eindsaldo),
        "saldo.voorsprong": max(0, -g.eindsaldo),
        "saldo.verandering": g.eindsaldo - g.saldo_begin,
        "saldo.begin_achterstand": max(0, g.saldo_begin),
        "saldo.begin_voorsprong": max(0, -g.saldo_begin),
        "inwoners.aantal": g.inwoners,
        "stand.gemeenten": 1,
        "nulgehuisvest.gemeenten": int(g.realisatie <= 0 < g.gecorrigeerd),
        "boekhouding.open_eigen": max(0, -over),
        "boekhouding.open_ouder": max(0, oud - max(0, over)),
        "boekhouding.voorsprong": max(0, over - oud),
        "controle.artikel_29": artikel_29,
        "controle.adams": adams,
        "controle.artikel_29_verschil": g.netto - artikel_29,
        "controle.adams_verschil": g.netto - adams,
        "controle.artikel_29_gelijk": int(g.netto == artikel_29),
        "controle.adams_gelijk": int(g.netto == adams),
    }
    for aantal, naam in enumerate(("niet_achter", "achter_1", "achter_2", "achter_3", "achter_4_of_meer")):
        waarden[f"toezicht.{naam}"] = int(g.halfjaren_achter == aantal)
    waarden["toezicht.ondergrens"] = int(g.halfjaren_achter == 2)
    for stand in ("achter", "exact", "voor"):
        waarden[f"stand.{stand}"] = int(g.stand == stand)
    waarden["stand.voldaan"] = int(g.stand != "achter")
    for klasse in ("op_schema", "enigszins_achter", "achter"):
        waarden[f"klasse.{klasse}"] = int(g.klasse(midden) == klasse)
    for m in range(1, 7):
        waarden[f"realisatie.maand_{m}"] = g.maanden[m - 1]
        waarden[f"realisatie.cumulatief_{m}"] = sum(g.maanden[:m])
    return waarden


def _eenheid(cijfer_id: str) -> str:
    """The unit that the definition in SQL gives; months share that of their family."""
    return sql_definities().eenheden.get(re.sub(r"_[1-6]$", "_{maand}", cijfer_id)) or sql_definities().eenheden.get(
        cijfer_id, "personen"
    )


def _cijfer(cijfer_id: str, gebied: str, waarde: Decimal | int | None) -> Cijfer:
    getal = None if waarde is None else Decimal(waarde)
    return Cijfer(cijfer_id, gebied, getal, _eenheid(cijfer_id), DEFINITIE, MODEL)


def _gebiedscijfers(gebied: str, som: dict[str, int]) -> list[Cijfer]:
    gecorrigeerd, realisatie = som["taakstelling.gecorrigeerd"], som["realisatie.totaal"]
    cijfers = [_cijfer(cijfer_id, gebied, waarde) for cijfer_id, waarde in som.items()]
    van_toepassing = gecorrigeerd if gecorrigeerd > 0 else 0
    extra: dict[str, Decimal | None] = {
        "taakstelling.maandtempo": _rond(gecorrigeerd, 6, 1, "1"),
        "realisatie.percentage": _rond(realisatie, van_toepassing),
        "realisatie.per_100k": _rond(realisatie, som["inwoners.aantal"], 100_000),
    }
    for m in range(1, 7):
        extra[f"realisatie.cumulatief_percentage_{m}"] = _rond(som[f"realisatie.cumulatief_{m}"], van_toepassing)
        extra[f"realisatie.schema_{m}"] = _rond(gecorrigeerd * m, 6, 1, "1")
    return cijfers + [_cijfer(cijfer_id, gebied, waarde) for cijfer_id, waarde in extra.items()]


def _gebieden(gemeenten: Sequence[Gemeenterij]) -> list[dict[str, Any]]:
    provincies = sorted({(g.provincie, g.provinciecode) for g in gemeenten})
    regios = sorted({(g.regio, g.regiocode) for g in gemeenten if g.regiocode})
    rijen: list[tuple[str, str, str, str | None, str | None]] = [("NL", "land", "Nederland", None, None)]
    rijen += [(code, "provincie", naam, code, None) for naam, code in provincies]
    rijen += [(str(code), "arbeidsmarktregio", str(naam), None, code) for naam, code in regios]
    rijen += [(g.code, "gemeente", g.naam, g.provinciecode, g.regiocode) for g in gemeenten]
    kolommen = ("gebied", "soort", "naam", "provinciecode", "regiocode")
    return [dict(zip(kolommen, rij, strict=True)) | {"volgorde": n} for n, rij in enumerate(rijen, 1)]


def _verschuivingen(gemeenten: Sequence[Gemeenterij]) -> list[dict[str, Any]]:
    rijen: list[dict[str, Any]] = []
    for richting, teken in (("achteruit", 1), ("vooruit", -1)):
        bewogen = [(teken * (g.eindsaldo - g.saldo_begin), g.code) for g in gemeenten]
        top = sorted((-v, code) for v, code in bewogen if v > 0)[:10]
        rijen += [{"richting": richting, "rang": n, "gemeentecode": code} for n, (_, code) in enumerate(top, 1)]
    return rijen


# What the template of the factsheet asks for beside the report's figures: the change of its key figures.
VERANDERD = (
    "verandering.realisatie_totaal", "verandering.realisatie_percentage", "verandering.saldo_eind",
    "verandering.stand_voldaan", "verandering.opvang_totaal", "verandering.koppelingen_langer_dan_norm",
)  # fmt: skip


def tekstcijfers() -> set[str]:
    """The ids of all figures that the default texts ask for, in any branch, and those of the factsheet."""
    return {*VERANDERD} | {
        cijfer_id
        for document in (SJABLONEN, letter.SJABLONEN, factsheet.SJABLONEN)
        for secties in lees_teksten(house_path("report_templates") / document).values()
        for sectie in secties.values()
        for cijfer_id in cijfers_in(sectie.tekst, Environment(autoescape=True))
    }


@dataclass(frozen=True)
class Definities:
    """What the SQL of the report defines: unit per cijfer_id, the classes of the breakdowns, all definitions."""

    eenheden: dict[str, str]
    klassen: list[dict[str, Any]]
    rijen: list[dict[str, Any]]


@cache
def sql_definities() -> Definities:
    """Run the definitions of sql/report, which need no data, so that a test knows every id that a template may ask."""
    con = duckdb.connect()
    for _, tekst in load_macros():
        con.execute(tekst)
    con.execute("create schema metrics; create schema report; create schema invoer")
    con.execute("create table invoer.parameters as select date '2016-09-29' as briefdatum")
    con.execute("create table metrics.opvang_nationaliteit (nationaliteit varchar, klasse varchar)")
    con.execute("create table report.gebieden (gebied varchar, soort varchar, naam varchar, volgorde bigint)")
    kern = re.findall(
        r"'([a-z_]+\.[a-z_0-9]+)'", (house_path("sql") / "report" / "verandering.sql").read_text(encoding="utf-8")
    )
    con.execute("create table report.verandering as select unnest($1) as cijfer_id", [kern])
    eenheden: dict[str, str] = {}
    for naam in ("opvang_klassen", *(f"definities_{deel}" for deel in _DEFINITIES)):
        vraag = (house_path("sql") / "report" / f"{naam}.sql").read_text(encoding="utf-8")
        con.execute(f"create table report.{naam} as {vraag}")
        if naam not in ("opvang_klassen", "definities_kern"):
            eenheden |= dict(con.execute(f"select cijfer_id, eenheid from report.{naam}").fetchall())
    klassen = con.execute(
        "select dimensie, klasse, naam, volgorde from report.opvang_klassen where naam is not null order by 1, 4"
    ).fetchall()
    kolommen = ("dimensie", "klasse", "naam", "volgorde")
    uitkomst = con.execute((house_path("sql") / "report" / "definities.sql").read_text(encoding="utf-8"))
    namen = [kolom[0] for kolom in uitkomst.description or ()]
    return Definities(
        eenheden,
        [dict(zip(kolommen, rij, strict=True)) for rij in klassen],
        [dict(zip(namen, rij, strict=True)) for rij in uitkomst.fetchall()],
    )


# The parts of sql/report that define figures, in an order in which each finds what it needs.
_DEFINITIES = (
    "taakstelling", "opvang", "koppelingen", "wachttijd", "kansrijk", "vooruitblik", "nareis", "aansluiting",
    "toezicht", "kern", "verandering", "nagekomen", "herziening",
)  # fmt: skip
# The figures on persons that exist for every area; the others are of the country.
_PER_GEBIED = re.compile(r"koppelingen\.|aansluiting\.|toezicht\.|opvang\.opgevangen")


def maak_register(
    gemeenten: Sequence[Gemeenterij],
    *,
    aangekondigd: int,
    midden: int = 75,
    peiljaar: int = 2016,
    vooruitblik: tuple[int | None, int | None] = (None, None),
) -> tuple[GeheugenRegister, GeheugenTabellen]:
    """Register and label tables of these municipalities: country, provinces, regions and the municipalities."""
    gemeenten = sorted(gemeenten, key=lambda g: (g.provincie, g.naam))
    totaal = sum(g.inwoners for g in gemeenten)
    adams = _adams(gemeenten, aangekondigd)
    sommen: dict[str, dict[str, int]] = {}
    for g in gemeenten:
        eigen = _optelbaar(g, midden, -(-aangekondigd * g.inwoners // totaal), adams[g.code])
        for gebied in filter(None, ("NL", g.provinciecode, g.regiocode, g.code)):
            som = sommen.setdefault(gebied, dict.fromkeys(eigen, 0))
            for cijfer_id, waarde in eigen.items():
                som[cijfer_id] += waarde
    cijfers = [c for gebied, som in sommen.items() for c in _gebiedscijfers(gebied, som)]
    landelijk: dict[str, Decimal | int | None] = {
        "taakstelling.aangekondigd": aangekondigd,
        "taakstelling.verschil_aangekondigd": sum(g.netto for g in gemeenten) - aangekondigd,
        "inwoners.peiljaar": peiljaar,
        "klasse.drempel_midden": midden,
        "vooruitblik.taakstelling_1": vooruitblik[0],
        "vooruitblik.taakstelling_2": vooruitblik[1],
    }
    landelijk |= {f"realisatie.schema_percentage_{m}": _rond(m, 6) for m in range(1, 7)}
    cijfers += [_cijfer(cijfer_id, "NL", waarde) for cijfer_id, waarde in landelijk.items()]
    cijfers += [_cijfer("toezicht.halfjaren_achter", g.code, g.halfjaren_achter) for g in gemeenten]
    # A delivery of only the overview: whatever else can be asked for is known to the register and has no value.
    bekend = {c.cijfer_id for c in cijfers}
    for cijfer_id in sorted((tekstcijfers() | set(sql_definities().eenheden)) - bekend):
        gebieden = sommen if _PER_GEBIED.match(cijfer_id) else ("NL",)
        cijfers += [_cijfer(cijfer_id, gebied, None) for gebied in gebieden if "{maand}" not in cijfer_id]
    nul = [g for g in gemeenten if g.realisatie <= 0 < g.gecorrigeerd]
    tabellen: dict[str, list[dict[str, Any]]] = {
        "report.gebieden": _gebieden(gemeenten),
        "report.gemeenten": [
            {
                "gemeentecode": g.code,
                "gemeente": g.naam,
                "provinciecode": g.provinciecode,
                "provincie": g.provincie,
                "regiocode": g.regiocode,
                "regio": g.regio,
                "stand": g.stand,
                "klasse": g.klasse(midden),
                "percentage_van_toepassing": g.gecorrigeerd > 0,
                "volgorde": n,
            }
            for n, g in enumerate(gemeenten, 1)
        ],
        "report.verschuivingen": _verschuivingen(gemeenten),
        "report.nulgehuisvest": [
            {"gemeentecode": g.code, "volgorde": n}
            for n, g in enumerate(sorted(nul, key=lambda g: (-g.gecorrigeerd, g.code)), 1)
        ],
        "report.grootste": [
            {"gemeentecode": g.code, "volgorde": n}
            for n, g in enumerate(sorted(gemeenten, key=lambda g: (-g.netto, g.naam, g.code))[:30], 1)
        ],
        "report.toelichting": [
            {"sleutel": "inwoners_control", "tekst": f"De controles rekenen met de inwoners op 1 januari {peiljaar}."},
            {"sleutel": "boekhouding_halfjaren", "tekst": "Van eerdere halfjaren is geen editie beschikbaar."},
            {"sleutel": "herziening", "tekst": "Van dit halfjaar is niet eerder een editie gepubliceerd."},
            {"sleutel": "herziening_bij", "tekst": ""},
        ],
        "report.bevindingen": [
            {
                "ernst": "waarschuwing",
                "controle": "onbekende kolom",
                "aantal": 1044,
                "bestanden": 22,
                "bestand": "gemeenten/GM0003.csv",
                "reden": "deze kolom (kolom 4) staat niet in het contract en is niet gelezen.",
            },
        ],
        "report.correcties": [
            {
                "volgnummer": 1,
                "extract": "coa_afmeldingen",
                "waar": "afmelding_id = A123",
                "actie": "wijzig",
                "kolom": "gemeente",
                "oud": "Asten",
                "nieuw": "Assen",
                "reden": "Verkeerde gemeente gekozen",
                "gemeld_op": date(2016, 7, 12),
                "status": "toegezegd",
                "rijen": 1,
            },
        ],
        "report.opvang_klassen": sql_definities().klassen,
        "report.niet_geleverd": [],
        "report.herzien": [],
        "report.tabel_nagekomen": [],
        "report.tabel_overlevingscurven": [],
        "report.definities": sql_definities().rijen,
    }
    return GeheugenRegister(cijfers), GeheugenTabellen(tabellen)


def met_personen(register: GeheugenRegister, tabellen: GeheugenTabellen) -> tuple[GeheugenRegister, GeheugenTabellen]:
    """The same report with persons delivered: every figure that had no value gets a small one.

    Stock, flow and funnel close, as the report promises; the other values are only there to be printed.
    """
    sluitend = {
        "opvang.begin": 50, "opvang.vergunningen": 30, "opvang.nareis": 10, "opvang.afgemeld": 27,
        "opvang.anders_vertrokken": 3, "opvang.totaal": 60, "koppelingen.zonder_koppeling": 10,
        "koppelingen.binnen_norm": 11, "koppelingen.langer_dan_norm": 20, "koppelingen.met_aanbod": 12,
        "koppelingen.met_huurcontract": 7, "koppelingen.totaal": 50, "norm.koppeling": 2, "norm.aanbod": 10,
        "norm.huisvesting": 12, "norm.vergunning": 14,
    }  # fmt: skip
    nieuw = []
    for c in register._cijfers.values():
        waarde = c.waarde
        if waarde is None and c.cijfer_id.split(".")[0] in _PERSOONSCIJFERS:
            waarde = Decimal(sluitend.get(c.cijfer_id, 5) if c.gebied == "NL" else 1)
        nieuw.append(replace(c, waarde=waarde))
    curve = [
        {"traject": traject, "dag": dag, "wacht_nog_procent": wacht, "ondergrens_procent": wacht - 5,
         "bovengrens_procent": wacht + 5}
        for traject in ("vergunning_koppeling", "koppeling_aanbod", "koppeling_huisvesting", "vergunning_huisvesting")
        for dag, wacht in ((7, 80), (21, 50), (70, 20))
    ]  # fmt: skip
    namen = {"report.tabel_overlevingscurven": curve, "report.niet_geleverd": tabellen.rows("report.nulgehuisvest")}
    return GeheugenRegister(nieuw), GeheugenTabellen(tabellen._tabellen | namen)


# The first words of the figures that need a delivery of persons; those of earlier half-years are not among them.
_PERSOONSCIJFERS = {
    "opvang", "koppelingen", "vergunning", "norm", "wachttijd", "kansrijk", "nareis", "aansluiting", "ind", "toezicht",
}  # fmt: skip
