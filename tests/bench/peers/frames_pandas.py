"""Peer (a), its tables: the compared tables in pandas, from frames of the extracts.

Belongs here: what somebody who knows pandas would write for this one half-year; each function a table. Not here:
reading the delivery and the document (analyst.py), a municipality that was divided, an earlier edition.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from tests.bench.peers.outputs import BEGIN, EIND, PERIODE, Tabellen, tabel
from tests.bench.peers.words import alphabetical

_BEGIN, _EIND = pd.Timestamp(BEGIN), pd.Timestamp(EIND)
_HALFJAREN = ("2014-II", "2015-I", "2015-II", PERIODE)
_Z = 1.959963984540054
_WOORDEN = (
    "gemeentecode", "opvanggemeentecode", "categorie", "vertrek_reden", "reden_einde", "weigering", "koppelingsgrond",
    "arbeidsmarktscreening", "soort",
)  # fmt: skip
_MARKS = {"persoon": "s", "huishouden": "h"}
_GROEPEN = ("cohort", "categorie", "grootte", "grond", "screening", "nabij")
_TRECHTER = (
    "gekoppeld", "binnen_norm", "langer_dan_norm", "met_aanbod", "met_huurcontract", "langer_dan_norm_huishoudens",
    "te_lang_weken_1_4", "te_lang_weken_5_13", "te_lang_weken_14_26", "ernstig_vertraagd",
)  # fmt: skip
_VAN_COA = (
    "gelijk", "andere_datum", "andere_gemeente", "gemeente_leverde_niet", "gemeente_ander_halfjaar", "alleen_coa",
)  # fmt: skip
_VAN_GEMEENTE = (
    "andere_gemeente_gemeld", "alleen_gemeente", "late_afmelding", "onbekend_coa", "coa_ander_halfjaar",
)  # fmt: skip


@dataclass(frozen=True)
class Frames:
    """The extracts: `s` is a number per person, `h` per household, days are datetime64, words are categories."""

    personen: pd.DataFrame
    koppelingen: pd.DataFrame
    afmeldingen: pd.DataFrame
    meldingen: pd.DataFrame
    geleverd: pd.Series
    overzicht: pd.DataFrame
    gemeenten: pd.DataFrame
    herindelingen: pd.DataFrame


def make_from_parquet(bronnen: Path) -> Tabellen:
    """The compared tables from the Parquet in `bronnen` (tables.tile)."""
    jaar = {"jaar": BEGIN.year}
    gemeenten = _read(bronnen, "referentie.gemeenten").query("jaar == @jaar", local_dict=jaar)
    for name in ("referentie.inwoners", "referentie.arbeidsmarktregios"):
        gemeenten = gemeenten.merge(_read(bronnen, name), on=["jaar", "gemeentecode"], how="left")
    frames = Frames(
        _read(bronnen, "coa_personen", "persoon", "huishouden", "categorie", "opvanggemeentecode", "datum_vergunning",
              "datum_instroom_opvang", "vertrek_datum", "vertrek_reden"),
        _read(bronnen, "coa_koppelingen", "koppeling_id", "persoon", "gemeentecode", "datum_koppeling", "datum_einde",
              "reden_einde", "datum_aanbod", "weigering", "datum_weigering", "datum_huurcontract", "koppelingsgrond",
              "arbeidsmarktscreening"),
        _read(bronnen, "coa_afmeldingen", "afmelding_id", "persoon", "gemeentecode", "datum", "aantal", "corrigeert"),
        _read(bronnen, "gemeenten_huisvesting", "gemeentecode", "persoon", "datum_huisvesting"),
        _read(bronnen, "levering.gemeenten_levering")["gemeentecode"].astype(str),
        _read(bronnen, "levering.coa_overzicht"),
        gemeenten,
        _read(bronnen, "referentie.herindelingen"),
    )  # fmt: skip
    return {name: tabel(name, list(frame.columns), frame.to_numpy(object)) for name, frame in make(frames).items()}


def _read(bronnen: Path, name: str, *columns: str) -> pd.DataFrame:
    """Words as categories, days as datetime64, persons and households as the hash of their mark."""
    path = bronnen / f"{name}.parquet"
    words = [word for word in _WOORDEN if word in columns]
    table = pq.ParquetFile(path, read_dictionary=words).read(list(columns) or None)
    frame = {}
    for column in table.column_names:
        if column in _MARKS:
            frame[_MARKS[column]] = pd.util.hash_array(table.column(column).to_numpy(), categorize=False)
        else:
            frame[column] = table.column(column).to_pandas(date_as_object=False)
    return pd.DataFrame(frame)


def make(frames: Frames) -> dict[str, pd.DataFrame]:
    """The compared tables, each under its name."""
    overgang = _overgang(frames.herindelingen)
    keys = [frames.gemeenten[name].map(alphabetical) for name in ("provincie", "gemeente")]
    gemeenten = frames.gemeenten.assign(p=keys[0], g=keys[1]).sort_values(["p", "g", "gemeentecode"])
    personen = _personen(frames.personen)
    koppelingen = _koppelingen(frames.koppelingen, overgang)
    afmeldingen = _afmeldingen(frames.afmeldingen, overgang)
    per_maand = _per_maand(gemeenten, afmeldingen)
    rekening = _rekening(frames.overzicht, gemeenten, per_maand)
    meldingen = _op_nieuwe_code(frames.meldingen.rename(columns={"datum_huisvesting": "datum"}), overgang, None)
    geleverd = set(frames.geleverd.map(lambda code: overgang.get(code, (None, code))[1]))
    return {
        "tabel_gemeenten": rekening,
        "tabel_realisatie_per_maand": per_maand,
        "tabel_koppelingen": _trechter(rekening, personen, koppelingen),
        "tabel_wachttijden": _wachttijden(gemeenten, personen, koppelingen),
        "tabel_aansluiting": _aansluiting(rekening, personen, afmeldingen, meldingen, geleverd),
        "opvang_stroom": _stroom(personen, afmeldingen),
    }


def _overgang(herindelingen: pd.DataFrame) -> dict[str, tuple[pd.Timestamp, str]]:
    """Until when each abolished municipality counts for which of this year; those that were divided are left out."""
    stappen: dict[str, list[tuple[pd.Timestamp, str, bool]]] = {}
    for row in herindelingen.sort_values("datum").itertuples():
        datum = pd.Timestamp(row.datum)
        if datum <= pd.Timestamp(date(BEGIN.year, 1, 1)):
            stappen.setdefault(row.oude_code, []).append((datum, row.nieuwe_code, row.soort == "splitsing"))
    found = {}
    for code, van_hier in stappen.items():
        datum, nieuw, gesplitst = van_hier[0]
        tot = pd.Timestamp(date((datum - pd.Timedelta(days=1)).year + 1, 1, 1))
        gesplitst = gesplitst or len(van_hier) > 1
        while later := [stap for stap in stappen.get(nieuw, ()) if stap[0] > datum]:
            datum, nieuw = later[0][:2]
            gesplitst = gesplitst or len(later) > 1 or later[0][2]
        if not gesplitst:
            found[code] = (tot, nieuw)
    return found


def _op_nieuwe_code(
    frame: pd.DataFrame, overgang: dict[str, tuple[pd.Timestamp, str]], datum: str | None
) -> pd.DataFrame:
    """The municipality of this year in the place of the one that was abolished, as a category."""
    codes = frame["gemeentecode"].astype("category").cat
    codes = codes.set_categories(sorted({*codes.categories, *(nieuw for _, nieuw in overgang.values())})).cat
    numbers, categories = codes.codes.to_numpy().copy(), codes.categories
    for oud in categories.intersection(list(overgang)):
        tot, nieuw = overgang[oud]
        here = numbers == categories.get_loc(oud)
        if datum is not None:
            here &= (frame[datum] < tot).to_numpy()
        numbers[here] = categories.get_loc(nieuw)
    return frame.assign(bestand=frame["gemeentecode"], gemeentecode=pd.Categorical.from_codes(numbers, categories))


def _voor_eind(days: pd.Series) -> pd.Series:
    """A day of the end of the half-year or later has not happened yet."""
    return days.where(days < _EIND)


def _personen(read: pd.DataFrame) -> pd.DataFrame:
    vergunning, aankomst = _voor_eind(read["datum_vergunning"]), _voor_eind(read["datum_instroom_opvang"])
    beide = vergunning.notna() & aankomst.notna()
    vertrek = _voor_eind(read["vertrek_datum"])
    return pd.DataFrame(
        {
            "s": read["s"],
            "h": read["h"],
            "categorie": read["categorie"],
            "opvanggemeentecode": read["opvanggemeentecode"],
            "vergunning": vergunning,
            "aankomst": aankomst,
            "instroom": vergunning.where(vergunning >= aankomst, aankomst).where(beide),
            "vertrek": vertrek,
            "gehuisvest": (read["vertrek_reden"] == "gehuisvest") & vertrek.notna(),
        }
    )


def _koppelingen(read: pd.DataFrame, overgang: dict[str, tuple[pd.Timestamp, str]]) -> pd.DataFrame:
    read = _op_nieuwe_code(read[read["datum_koppeling"] < _EIND], overgang, "datum_koppeling")
    terecht = (read["weigering"] == "terecht") & (read["datum_weigering"] < _EIND)
    einde = _voor_eind(read["datum_einde"])
    return pd.DataFrame(
        {
            "koppeling_id": read["koppeling_id"],
            "s": read["s"],
            "gemeentecode": read["gemeentecode"],
            "koppeling": read["datum_koppeling"],
            "einde": einde,
            "huisvesting": einde.where(read["reden_einde"] == "gehuisvest"),
            "aanbod": _voor_eind(read["datum_aanbod"]).where(~terecht),
            "huurcontract": read["datum_huurcontract"] < _EIND,
            "grond": read["koppelingsgrond"].astype("category"),
            "screening": read["arbeidsmarktscreening"].astype("category"),
        }
    )


def _afmeldingen(read: pd.DataFrame, overgang: dict[str, tuple[pd.Timestamp, str]]) -> pd.DataFrame:
    read = _op_nieuwe_code(read[read["datum"] < _EIND], overgang, "datum")
    return read.assign(teruggedraaid=read["afmelding_id"].isin(read["corrigeert"].dropna()))


def _per_maand(gemeenten: pd.DataFrame, afmeldingen: pd.DataFrame) -> pd.DataFrame:
    dit = afmeldingen[afmeldingen["datum"] >= _BEGIN]
    som = dit.groupby(["gemeentecode", dit["datum"].dt.strftime("%Y-%m")], observed=True)["aantal"].sum()
    maanden = [f"{BEGIN.year}-{BEGIN.month + number:02}" for number in range(6)]
    frame = gemeenten[["gemeentecode", "gemeente"]].merge(pd.DataFrame({"maand": maanden}), how="cross")
    places = pd.MultiIndex.from_frame(frame[["gemeentecode", "maand"]])
    som.index = pd.MultiIndex.from_arrays([som.index.get_level_values(level).astype(object) for level in (0, 1)])
    return frame.assign(realisatie=som.reindex(places, fill_value=0).to_numpy())


def _tienden(teller: pd.Series, noemer: pd.Series | int) -> pd.Series:
    """`teller` / `noemer` in tenths, half away from zero; nothing for a noemer of 0."""
    below = pd.Series(noemer, index=teller.index).replace(0, np.nan)
    return np.sign(teller) * ((2 * teller.abs() + below) // (2 * below)) / 10


def _rekening(overzicht: pd.DataFrame, gemeenten: pd.DataFrame, per_maand: pd.DataFrame) -> pd.DataFrame:
    frame = gemeenten.merge(overzicht[["gemeentecode", "saldo_begin", "taakstelling"]], on="gemeentecode", how="left")
    realisatie = frame["gemeentecode"].map(per_maand.groupby("gemeentecode")["realisatie"].sum())
    gecorrigeerd = frame["taakstelling"] + frame["saldo_begin"]
    eindsaldo = gecorrigeerd - realisatie
    return pd.DataFrame(
        {
            "gemeentecode": frame["gemeentecode"],
            "gemeente": frame["gemeente"],
            "provinciecode": frame["provinciecode"],
            "provincie": frame["provincie"],
            "arbeidsmarktregio": frame["regio"],
            "inwoners": frame["inwoners"],
            "saldo_begin": frame["saldo_begin"],
            "taakstelling": frame["taakstelling"],
            "gecorrigeerd": gecorrigeerd,
            "realisatie": realisatie,
            "percentage": _tienden(1000 * realisatie, gecorrigeerd.where(gecorrigeerd > 0, 0)),
            "eindsaldo": eindsaldo,
            "stand": np.select([eindsaldo > 0, eindsaldo == 0], ["achter", "exact"], "voor"),
            "klasse": np.select(
                [
                    (gecorrigeerd <= 0) & (eindsaldo > 0),
                    (gecorrigeerd <= 0) | (realisatie >= gecorrigeerd),
                    100 * realisatie >= 75 * gecorrigeerd,
                ],
                ["achter", "op_schema", "enigszins_achter"],
                "achter",
            ),
        }
    )


def _aantal(frame: pd.DataFrame, rekening: pd.DataFrame) -> pd.DataFrame:
    """Counts per municipality in the order of `rekening`, 0 where there are none."""
    frame.index = frame.index.astype(object)
    return frame.reindex(rekening["gemeentecode"]).fillna(0).astype(int).reset_index(drop=True)


def _trechter(rekening: pd.DataFrame, personen: pd.DataFrame, koppelingen: pd.DataFrame) -> pd.DataFrame:
    in_opvang = personen.loc[personen["instroom"].notna() & personen["vertrek"].isna(), ["s", "h"]]
    lopend = koppelingen[koppelingen["einde"].isna()].merge(in_opvang, on="s")
    lopend = lopend.sort_values(["koppeling", "koppeling_id"]).drop_duplicates("s", keep="last")
    dagen = (_EIND - lopend["koppeling"]).dt.days
    zonder = ~lopend["huurcontract"] & lopend["aanbod"].isna()
    langer = zonder & (dagen > 70)
    telling = {
        "gekoppeld": zonder | ~zonder,
        "binnen_norm": zonder & ~langer,
        "langer_dan_norm": langer,
        "met_aanbod": ~lopend["huurcontract"] & lopend["aanbod"].notna(),
        "met_huurcontract": lopend["huurcontract"],
        "te_lang_weken_1_4": langer & (dagen <= 98),
        "te_lang_weken_5_13": langer & dagen.between(99, 161),
        "te_lang_weken_14_26": langer & dagen.between(162, 252),
        "ernstig_vertraagd": langer & (dagen > 252),
    }
    trechter = pd.DataFrame(telling).groupby(lopend["gemeentecode"], observed=True).sum()
    huishoudens = lopend[langer].groupby("gemeentecode", observed=True)["h"].nunique()
    trechter["langer_dan_norm_huishoudens"] = huishoudens
    dit = koppelingen[koppelingen["einde"].isna() | (koppelingen["einde"] >= _BEGIN)]
    dit = dit.assign(voor=dit["koppeling"] < _BEGIN)
    personen_dit = dit[["gemeentecode", "s", "voor"]].drop_duplicates(["gemeentecode", "s"])
    geleverd = pd.DataFrame(
        {
            "gemaakt": (~dit["voor"]).groupby(dit["gemeentecode"], observed=True).sum(),
            "gekoppeld_begin": dit.loc[dit["voor"], ["gemeentecode", "s"]]
            .drop_duplicates()
            .groupby("gemeentecode", observed=True)
            .size(),
            "beschikbaar": personen_dit.groupby("gemeentecode", observed=True).size(),
        }
    )
    geleverd = _aantal(geleverd, rekening)
    oordeel = np.select(
        [rekening["eindsaldo"] <= 0, geleverd["beschikbaar"] >= rekening["gecorrigeerd"]],
        ["voldaan", "te_weinig_gehuisvest"],
        "te_weinig_gekoppeld",
    )
    parts = [
        rekening[["gemeentecode", "gemeente", "provincie", "arbeidsmarktregio"]],
        _aantal(trechter, rekening)[list(_TRECHTER)],
        rekening[["gecorrigeerd", "realisatie", "eindsaldo"]],
        geleverd,
    ]
    return pd.concat(parts, axis=1).assign(oordeel=oordeel)


def _halfjaar(days: pd.Series) -> pd.Series:
    """The half-year of a start, for the last four; nothing for an older one."""
    number = (days.dt.year - BEGIN.year) * 2 + (days.dt.month > 6) + len(_HALFJAREN) - 1
    codes = number.where(number >= 0, -1).fillna(-1).astype(int)
    return pd.Series(pd.Categorical.from_codes(codes, list(_HALFJAREN)), index=days.index)


def _cellen(waits: pd.DataFrame, einde: pd.Series, doel: pd.Series, traject: str) -> pd.DataFrame:
    """How many waited how many days, per group."""
    bereikt = doel <= einde
    tot = doel.where(bereikt, einde)
    return (
        waits.assign(
            dag=(tot - waits["start"]).dt.days.astype("int32"),
            n=1,
            bereikt=bereikt.astype("int64"),
            bereikt_halfjaar=(bereikt & (doel >= _BEGIN)).astype("int64"),
        )
        .groupby([*_GROEPEN, "dag"], observed=True, dropna=False, sort=False)[["n", "bereikt", "bereikt_halfjaar"]]
        .sum()
        .reset_index()
        .assign(traject=traject)
    )


def _waarnemingen(gemeenten: pd.DataFrame, personen: pd.DataFrame, koppelingen: pd.DataFrame) -> list[pd.DataFrame]:
    """The cells of the four waiting times."""
    leden = personen.groupby("h")["s"].transform("size")
    soort = np.select([leden == 1, leden == 2, leden <= 4], [0, 1, 2], 3)
    wie = personen.assign(
        grootte=pd.Categorical.from_codes(soort, ["een", "twee", "drie_vier", "vijf_meer"]),
        categorie=personen["categorie"].cat.add_categories("onbekend").fillna("onbekend"),
    )
    wie = wie[wie["aankomst"].notna()]
    met_wie = koppelingen.merge(wie[["s", "categorie", "grootte", "opvanggemeentecode"]], on="s")
    regio = gemeenten.set_index("gemeentecode")["regiocode"].astype("category")
    hier, daar = met_wie["gemeentecode"], met_wie["opvanggemeentecode"]
    numbers = pd.Series(regio.cat.codes, index=regio.index)
    here, there = (codes.map(numbers).astype(float).fillna(-1).to_numpy() for codes in (hier, daar))
    known = (here >= 0) & (there >= 0)
    both = sorted({*hier.cat.categories, *daar.cat.categories})
    codes = [side.cat.set_categories(both).cat.codes.to_numpy() for side in (hier, daar)]
    place = np.select([(codes[0] == codes[1]) & (codes[0] >= 0), known & (here == there), known], [0, 1, 2], 3)
    per_koppeling = pd.DataFrame(
        {
            "start": met_wie["koppeling"],
            "cohort": _halfjaar(met_wie["koppeling"]),
            "categorie": met_wie["categorie"],
            "grootte": met_wie["grootte"],
            "grond": met_wie["grond"],
            "screening": met_wie["screening"],
            "nabij": pd.Categorical.from_codes(place, ["gemeente", "regio", "elders", "andere_gemeente"]),
        }
    )
    einde = met_wie["einde"].fillna(_EIND)
    found = [
        _cellen(per_koppeling, einde, met_wie["aanbod"], "koppeling_aanbod"),
        _cellen(per_koppeling, einde, met_wie["huisvesting"], "koppeling_huisvesting"),
    ]
    wie = wie[wie["vergunning"].notna() & (wie["vertrek"].isna() | (wie["vertrek"] >= wie["vergunning"]))]
    eerste = wie["s"].map(koppelingen.groupby("s")["koppeling"].min())
    per_persoon = pd.DataFrame(
        {
            "start": wie["vergunning"],
            "cohort": _halfjaar(wie["vergunning"]),
            "categorie": wie["categorie"],
            "grootte": wie["grootte"],
            "grond": None,
            "screening": None,
            "nabij": None,
        }
    )
    einde = wie["vertrek"].fillna(_EIND)
    return [
        *found,
        _cellen(per_persoon, einde, eerste, "vergunning_koppeling"),
        _cellen(per_persoon, einde, wie["vertrek"].where(wie["gehuisvest"]), "vergunning_huisvesting"),
    ]


def _wachttijden(gemeenten: pd.DataFrame, personen: pd.DataFrame, koppelingen: pd.DataFrame) -> pd.DataFrame:
    cellen = pd.concat(
        [part.astype(dict.fromkeys(_GROEPEN, object)) for part in _waarnemingen(gemeenten, personen, koppelingen)]
    )
    jong = cellen["cohort"].notna()
    cellen[["n", "bereikt"]] = cellen[["n", "bereikt"]].where(jong, 0)
    soorten = {name: cellen[name] for name in _GROEPEN}
    soorten["grond_screening"] = cellen["grond"] + "_" + cellen["screening"]
    soorten["totaal"] = pd.Series("totaal", index=cellen.index)
    aantallen = ["n", "bereikt", "bereikt_halfjaar"]
    per_dag = pd.concat(
        cellen.assign(groepsoort=soort, groep=groep)
        .groupby(["traject", "groepsoort", "groep", "dag"])[aantallen]
        .sum()
        .reset_index()
        for soort, groep in soorten.items()
    )
    per_dag = per_dag[per_dag["n"] + per_dag["bereikt_halfjaar"] > 0]
    sleutel = ["traject", "groepsoort", "groep"]
    tellingen = (
        per_dag.assign(dagen=per_dag["dag"] * per_dag["bereikt_halfjaar"])
        .groupby(sleutel)
        .agg(
            aantal=("n", "sum"),
            bereikt=("bereikt", "sum"),
            gemiddeld_aantal=("bereikt_halfjaar", "sum"),
            dagen=("dagen", "sum"),
        )
    )
    kwantielen = _kwantielen(per_dag[per_dag["n"] > 0].sort_values("dag"), sleutel)
    frame = tellingen.join(kwantielen)
    frame["mediaan_weken"] = _tienden(10 * frame["mediaan_dagen"], 7)
    frame["gemiddeld_weken"] = _tienden(10 * frame["dagen"], 7 * frame["gemiddeld_aantal"])
    last = ["mediaan_weken", "gemiddeld_aantal", "gemiddeld_weken"]
    return frame.reset_index()[[*sleutel, "aantal", "bereikt", *kwantielen.columns, *last]]


def _kwantielen(per_dag: pd.DataFrame, sleutel: list[str]) -> pd.DataFrame:
    """Kaplan and Meier with the log-log band of Greenwood: the first day at or below each share."""
    groups = [per_dag[name] for name in sleutel]
    n = per_dag["n"][::-1].groupby([group[::-1] for group in groups]).cumsum()[::-1].astype(float)
    d = per_dag["bereikt"].astype(float)
    over = d < n
    log_s = np.log(((n - d) / n).where(over, 1.0)).groupby(groups).cumsum()
    variantie = (d / (n * (n - d)).where(over)).fillna(0.0).groupby(groups).cumsum()
    term = _Z * np.sqrt(variantie) / log_s.replace(0, np.nan)
    kansen = {
        "": np.exp(log_s),
        "_ondergrens": np.exp(log_s * np.exp(-term)).fillna(1.0),
        "_bovengrens": np.exp(log_s * np.exp(term)).fillna(1.0),
    }
    return pd.DataFrame(
        {
            f"{name}{grens}_dagen": per_dag["dag"].where(kans.where(over, 0.0) <= deel + 1e-12).groupby(groups).min()
            for name, deel in (("mediaan", 0.5), ("kwartiel_1", 0.75), ("kwartiel_3", 0.25))
            for grens, kans in kansen.items()
        }
    )


def _samen(
    codes: set[str], personen: pd.DataFrame, eigen: pd.DataFrame, meldingen: pd.DataFrame, geleverd: set[str]
) -> pd.DataFrame:
    """Every person of the ledger or of a list in this half-year, in one class."""
    dit = eigen[eigen["datum"] >= _BEGIN].sort_values(["datum", "afmelding_id"])
    plaatsing = dit.drop_duplicates("s", keep="last")[["s", "gemeentecode", "datum"]]
    plaatsing = plaatsing.rename(columns={"gemeentecode": "coa", "datum": "coa_datum"}).astype({"coa": object})
    gemeld = meldingen[meldingen["binnen"]].merge(plaatsing, on="s", how="left")
    gemeld = gemeld.assign(zelfde=gemeld["coa"] == gemeld["gemeentecode"])
    gemeld = gemeld.sort_values(["zelfde", "datum", "gemeentecode"], ascending=[False, False, True])
    gemeld = gemeld.drop_duplicates("s")[["s", "gemeentecode", "datum"]]
    elders = meldingen.loc[~meldingen["binnen"], ["s", "gemeentecode"]].rename(columns={"gemeentecode": "coa"})
    samen = plaatsing.merge(gemeld, on="s", how="outer").merge(elders.assign(elders=1.0), on=["s", "coa"], how="left")
    wie = personen.set_index("s")
    in_opvang = wie["instroom"].notna() & wie["vertrek"].isna()
    samen["in_opvang"] = samen["s"].isin(in_opvang.index[in_opvang])
    coa, hier = samen["coa"], samen["gemeentecode"]
    van_coa, beide = coa.notna(), coa.notna() & hier.notna()
    samen["klasse"] = np.select(
        [
            beide & (coa != hier),
            beide & (samen["coa_datum"] != samen["datum"]),
            beide,
            van_coa & coa.isin(codes - geleverd),
            samen["elders"].notna(),
            van_coa,
            ~samen["s"].isin(wie.index),
            samen["s"].isin(eigen.loc[eigen["datum"] < _BEGIN, "s"]),
        ],
        [
            "andere_gemeente", "andere_datum", "gelijk", "gemeente_leverde_niet", "gemeente_ander_halfjaar",
            "alleen_coa", "onbekend_coa", "coa_ander_halfjaar",
        ],
        "alleen_gemeente",
    )  # fmt: skip
    return samen


def _aansluiting(
    rekening: pd.DataFrame,
    personen: pd.DataFrame,
    afmeldingen: pd.DataFrame,
    meldingen: pd.DataFrame,
    geleverd: set[str],
) -> pd.DataFrame:
    codes = set(rekening["gemeentecode"])
    meldingen = meldingen[meldingen["gemeentecode"].isin(codes)].astype({"gemeentecode": object, "bestand": object})
    binnen = (meldingen["datum"] >= _BEGIN) & (meldingen["datum"] < _EIND)
    # Two lists of one municipality that merged may both name a person.
    meldingen = meldingen.assign(binnen=binnen).sort_values(["binnen", "datum", "bestand"])
    meldingen = meldingen.drop_duplicates(["s", "gemeentecode"], keep="last")
    eigen = afmeldingen[(afmeldingen["aantal"] > 0) & ~afmeldingen["teruggedraaid"]]
    samen = _samen(codes, personen, eigen, meldingen, geleverd)
    soort = samen["klasse"]
    per_coa = pd.DataFrame({name: soort == name for name in _VAN_COA}).groupby(samen["coa"]).sum()
    per_coa["geplaatst"] = samen.groupby("coa").size()
    zelf = {
        "andere_gemeente_gemeld": soort == "andere_gemeente",
        "alleen_gemeente": soort == "alleen_gemeente",
        "late_afmelding": (soort == "alleen_gemeente") & samen["in_opvang"],
        "onbekend_coa": soort == "onbekend_coa",
        "coa_ander_halfjaar": soort == "coa_ander_halfjaar",
    }
    per_gemeente = pd.DataFrame(zelf).groupby(samen["gemeentecode"]).sum()
    per_gemeente["personen"] = samen.groupby("gemeentecode").size()
    regels = meldingen.groupby("gemeentecode")["binnen"].agg(["sum", "size"])
    parts = [_aantal(part, rekening) for part in (per_coa, per_gemeente, regels)]
    frame = pd.concat([rekening[["gemeentecode", "gemeente", "realisatie"]], *parts], axis=1)
    beide = samen[soort.isin(["gelijk", "andere_datum"])]
    dagen = (beide["coa_datum"] - beide["datum"]).dt.days
    frame["vertraging_mediaan"] = frame["gemeentecode"].map(dagen.groupby(beide["coa"]).median())
    frame["gemeld"], frame["buiten_halfjaar"] = frame["sum"], frame["size"] - frame["sum"]
    frame["dubbel_gemeld"] = frame["gemeld"] - frame["personen"]
    frame["realisatie_eigen_telling"] = frame["realisatie"] - frame["geplaatst"] + frame["gemeld"]
    frame["verschil"] = frame["gemeld"] - frame["geplaatst"]
    lijst = frame["gemeentecode"].isin(geleverd)
    frame["geleverd"] = np.where(lijst, "ja", "nee")
    altijd = ("andere_gemeente", "gemeente_leverde_niet")
    for name in ("gemeld", *_VAN_COA, *_VAN_GEMEENTE, "dubbel_gemeld", "buiten_halfjaar", "realisatie_eigen_telling",
                 "verschil"):  # fmt: skip
        if name not in altijd:
            frame[name] = frame[name].where(lijst)
    return frame[["gemeentecode", "gemeente", "geleverd", "geplaatst", "gemeld", *_VAN_COA, *_VAN_GEMEENTE,
                  "dubbel_gemeld", "buiten_halfjaar", "vertraging_mediaan", "realisatie", "realisatie_eigen_telling",
                  "verschil"]]  # fmt: skip


def _stroom(personen: pd.DataFrame, afmeldingen: pd.DataFrame) -> pd.DataFrame:
    voor = afmeldingen["datum"] < _BEGIN
    before, during = (
        personen["s"].map(afmeldingen[part].groupby("s")["aantal"].sum()).fillna(0).astype(int)
        for part in (voor, ~voor)
    )
    instroom, vertrek = personen["instroom"], personen["vertrek"]
    opvang = instroom.notna() & ~(vertrek < instroom)
    anders = vertrek.notna() & ~personen["gehuisvest"]
    nareis = personen["categorie"] == "nareis"
    delen = {
        "begin": opvang & (instroom < _BEGIN) & (before <= 0) & ~(anders & (vertrek < _BEGIN)),
        "vergunningen": opvang & (instroom >= _BEGIN) & ~nareis,
        "nareis": opvang & (instroom >= _BEGIN) & nareis,
        "afgemeld": during.where(opvang, 0),
        "anders_vertrokken": opvang & anders & (vertrek >= _BEGIN),
        "eind": opvang & vertrek.isna(),
        "buiten_opvang": during.where(~opvang, 0),
    }
    som = pd.DataFrame(delen).groupby(personen["categorie"], observed=True).sum()
    som.index = som.index.astype(object)
    return som.reindex(["asiel", "nareis", "amv"], fill_value=0).rename_axis("categorie").reset_index()
