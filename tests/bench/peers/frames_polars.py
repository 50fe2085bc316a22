"""Peer (b): the compared tables in Polars, lazily, from the frozen Parquet.

Belongs here: what somebody who knows Polars would write for this one half-year; each function a table. Not here:
a municipality that was divided, or an earlier edition (the caller refuses the first).
"""

from datetime import date
from pathlib import Path

import polars as pl

from tests.bench.peers.outputs import BEGIN, EIND, PERIODE, Tabellen, tabel
from tests.bench.peers.words import alphabetical

_Z = 1.959963984540054
_GROEPEN = ("cohort", "categorie", "grootte", "grond", "screening", "nabij")
_HALFJAREN = ("2014-II", "2015-I", "2015-II", PERIODE)


def make(bronnen: Path) -> Tabellen:
    """The compared tables from the Parquet in `bronnen` (tables.tile)."""
    overgang = _overgang(bronnen)
    gemeenten = _gemeenten(bronnen)
    personen = _personen(bronnen).collect()
    koppelingen = _koppelingen(bronnen, overgang).collect()
    afmeldingen = _afmeldingen(bronnen, overgang).collect()
    per_maand = _per_maand(gemeenten, afmeldingen)
    rekening = _rekening(bronnen, gemeenten, per_maand)
    found = {
        "tabel_gemeenten": rekening,
        "tabel_realisatie_per_maand": per_maand,
        "tabel_koppelingen": _trechter(rekening, personen, koppelingen),
        "tabel_wachttijden": _wachttijden(gemeenten, personen, koppelingen),
        "tabel_aansluiting": _aansluiting(bronnen, rekening, overgang, personen, afmeldingen),
        "opvang_stroom": _stroom(personen, afmeldingen),
    }
    return {name: tabel(name, frame.columns, frame.rows()) for name, frame in found.items()}


def _read(bronnen: Path, name: str) -> pl.LazyFrame:
    return pl.scan_parquet(bronnen / f"{name}.parquet", glob=False)


def _overgang(bronnen: Path) -> pl.DataFrame:
    """What became of each abolished municipality up to this year; those that were divided are left out."""
    stappen: dict[str, list[tuple[str, date, int, bool]]] = {}
    frame = _read(bronnen, "referentie.herindelingen").filter(pl.col("datum") <= pl.date(BEGIN.year, 1, 1))
    for row in frame.sort("datum").collect().iter_rows(named=True):
        jaar = row["datum"].year if (row["datum"].month, row["datum"].day) == (1, 1) else row["datum"].year + 1
        stap = (row["nieuwe_code"], row["datum"], jaar, row["soort"] == "splitsing")
        stappen.setdefault(row["oude_code"], []).append(stap)
    rows = []
    for code, van_hier in stappen.items():
        (nieuw, datum, jaar, gesplitst), *rest = van_hier
        gesplitst = gesplitst or bool(rest)
        while later := [stap for stap in stappen.get(nieuw, ()) if stap[1] > datum]:
            gesplitst = gesplitst or len(later) > 1 or later[0][3]
            nieuw, datum = later[0][:2]
        if not gesplitst:
            rows.append((code, jaar, nieuw))
    schema = {"gemeentecode": pl.String, "tot": pl.Int32, "nieuwe_code": pl.String}
    return pl.DataFrame(rows, schema, orient="row").with_columns(tot=pl.date("tot", 1, 1))


def _gemeenten(bronnen: Path) -> pl.DataFrame:
    frame = (
        _read(bronnen, "referentie.gemeenten")
        .filter(pl.col("jaar") == BEGIN.year)
        .join(_read(bronnen, "referentie.inwoners"), on=["jaar", "gemeentecode"], how="left")
        .join(_read(bronnen, "referentie.arbeidsmarktregios"), on=["jaar", "gemeentecode"], how="left")
        .collect()
    )
    keys = [frame[name].map_elements(alphabetical, return_dtype=pl.String) for name in ("provincie", "gemeente")]
    return frame.sort(*keys, "gemeentecode")


def _voor_eind(name: str) -> pl.Expr:
    """A day of the end of the half-year or later has not happened yet."""
    return pl.when(pl.col(name) < EIND).then(name)


def _personen(bronnen: Path) -> pl.LazyFrame:
    return (
        _read(bronnen, "coa_personen")
        .select(
            s=pl.col("persoon").hash(),
            h=pl.col("huishouden").hash(),
            categorie=pl.col("categorie").cast(pl.Categorical),
            opvanggemeentecode=pl.col("opvanggemeentecode").cast(pl.Categorical),
            vergunning=_voor_eind("datum_vergunning"),
            aankomst=_voor_eind("datum_instroom_opvang"),
            vertrek=_voor_eind("vertrek_datum"),
            gehuisvest=pl.col("vertrek_reden") == "gehuisvest",
        )
        .with_columns(
            instroom=pl.when(pl.col("vergunning").is_not_null() & pl.col("aankomst").is_not_null()).then(
                pl.max_horizontal("vergunning", "aankomst")
            )
        )
    )


def _op_nieuwe_code(frame: pl.LazyFrame, overgang: pl.DataFrame, datum: str | None) -> pl.LazyFrame:
    """The municipality of this year in the place of the one that was abolished."""
    known = overgang.lazy()
    still = pl.lit(True) if datum is None else pl.col(datum) < pl.col("tot")
    return (
        frame.join(known, on="gemeentecode", how="left")
        .with_columns(
            gemeentecode=pl.when(still & pl.col("nieuwe_code").is_not_null())
            .then("nieuwe_code")
            .otherwise("gemeentecode")
        )
        .drop("tot", "nieuwe_code")
    )


def _koppelingen(bronnen: Path, overgang: pl.DataFrame) -> pl.LazyFrame:
    geen_aanbod = (pl.col("weigering") == "terecht") & (pl.col("datum_weigering") < EIND)
    read = _read(bronnen, "coa_koppelingen").filter(pl.col("datum_koppeling") < EIND)
    return _op_nieuwe_code(read, overgang, "datum_koppeling").select(
        "koppeling_id",
        s=pl.col("persoon").hash(),
        gemeentecode=pl.col("gemeentecode").cast(pl.Categorical),
        koppeling=pl.col("datum_koppeling"),
        einde=_voor_eind("datum_einde"),
        huisvesting=pl.when(pl.col("reden_einde") == "gehuisvest").then(_voor_eind("datum_einde")),
        aanbod=pl.when(~geen_aanbod.fill_null(value=False)).then(_voor_eind("datum_aanbod")),
        huurcontract=(pl.col("datum_huurcontract") < EIND).fill_null(value=False),
        grond=pl.col("koppelingsgrond").cast(pl.Categorical),
        screening=pl.col("arbeidsmarktscreening").cast(pl.Categorical),
    )


def _afmeldingen(bronnen: Path, overgang: pl.DataFrame) -> pl.LazyFrame:
    grootboek = _read(bronnen, "coa_afmeldingen").filter(pl.col("datum") < EIND)
    terug = grootboek.filter(pl.col("corrigeert").is_not_null()).select("corrigeert").unique()
    return (
        _op_nieuwe_code(grootboek, overgang, "datum")
        .join(terug.with_columns(teruggedraaid=True), left_on="afmelding_id", right_on="corrigeert", how="left")
        .select(
            "afmelding_id",
            "gemeentecode",
            "datum",
            "aantal",
            s=pl.col("persoon").hash(),
            teruggedraaid=pl.col("teruggedraaid").fill_null(value=False),
        )
    )


def _per_maand(gemeenten: pl.DataFrame, afmeldingen: pl.DataFrame) -> pl.DataFrame:
    maanden = pl.DataFrame({"maand": [f"{BEGIN.year}-{BEGIN.month + number:02}" for number in range(6)]})
    geteld = (
        afmeldingen.lazy()
        .filter(pl.col("datum") >= BEGIN)
        .group_by("gemeentecode", maand=pl.col("datum").dt.strftime("%Y-%m"))
        .agg(realisatie=pl.col("aantal").sum().cast(pl.Int64))
        .collect()
    )
    return (
        gemeenten.select("gemeentecode", "gemeente")
        .join(maanden, how="cross")
        .join(geteld, on=["gemeentecode", "maand"], how="left")
        .with_columns(pl.col("realisatie").fill_null(0))
    )


def _tienden(teller: pl.Expr, noemer: pl.Expr) -> pl.Expr:
    """`teller` / `noemer` in tenths, half away from zero."""
    tenths = teller.sign() * ((2 * teller.abs() + noemer) // (2 * noemer))
    return pl.when(noemer != 0).then(tenths / 10)


def _rekening(bronnen: Path, gemeenten: pl.DataFrame, per_maand: pl.DataFrame) -> pl.DataFrame:
    overzicht = _read(bronnen, "levering.coa_overzicht").select("gemeentecode", "saldo_begin", "taakstelling")
    som = per_maand.lazy().group_by("gemeentecode").agg(pl.col("realisatie").sum())
    gecorrigeerd, realisatie, eindsaldo = pl.col("gecorrigeerd"), pl.col("realisatie"), pl.col("eindsaldo")
    return (
        gemeenten.lazy()
        .join(overzicht, on="gemeentecode", how="left", maintain_order="left")
        .join(som, on="gemeentecode", how="left", maintain_order="left")
        .with_columns(gecorrigeerd=pl.col("taakstelling") + pl.col("saldo_begin"))
        .with_columns(eindsaldo=gecorrigeerd - realisatie)
        .select(
            "gemeentecode",
            "gemeente",
            "provinciecode",
            "provincie",
            pl.col("regio").alias("arbeidsmarktregio"),
            "inwoners",
            "saldo_begin",
            "taakstelling",
            "gecorrigeerd",
            "realisatie",
            pl.when(gecorrigeerd > 0).then(_tienden(1000 * realisatie, gecorrigeerd)).alias("percentage"),
            "eindsaldo",
            pl.when(eindsaldo > 0)
            .then(pl.lit("achter"))
            .when(eindsaldo == 0)
            .then(pl.lit("exact"))
            .otherwise(pl.lit("voor"))
            .alias("stand"),
            pl.when((gecorrigeerd <= 0) & (eindsaldo > 0))
            .then(pl.lit("achter"))
            .when((gecorrigeerd <= 0) | (realisatie >= gecorrigeerd))
            .then(pl.lit("op_schema"))
            .when(100 * realisatie >= 75 * gecorrigeerd)
            .then(pl.lit("enigszins_achter"))
            .otherwise(pl.lit("achter"))
            .alias("klasse"),
        )
        .collect()
    )


def _trechter(rekening: pl.DataFrame, personen: pl.DataFrame, koppelingen: pl.DataFrame) -> pl.DataFrame:
    in_opvang = personen.lazy().filter(pl.col("instroom").is_not_null() & pl.col("vertrek").is_null())
    lopend = (
        koppelingen.lazy()
        .filter(pl.col("einde").is_null())
        .join(in_opvang.select("s", "h"), on="s")
        .sort("koppeling", "koppeling_id")
        .unique("s", keep="last")
        .with_columns(dagen=(pl.lit(EIND) - pl.col("koppeling")).dt.total_days())
    )
    aanbod, dagen = pl.col("aanbod").is_not_null() & ~pl.col("huurcontract"), pl.col("dagen")
    zonder = ~pl.col("huurcontract") & pl.col("aanbod").is_null()
    langer = zonder & (dagen > 70)
    trechter = lopend.group_by("gemeentecode").agg(
        gekoppeld=pl.len(),
        binnen_norm=(zonder & (dagen <= 70)).sum(),
        langer_dan_norm=langer.sum(),
        met_aanbod=aanbod.sum(),
        met_huurcontract=pl.col("huurcontract").sum(),
        langer_dan_norm_huishoudens=pl.col("h").filter(langer).n_unique(),
        te_lang_weken_1_4=(langer & (dagen <= 98)).sum(),
        te_lang_weken_5_13=(langer & dagen.is_between(99, 161)).sum(),
        te_lang_weken_14_26=(langer & dagen.is_between(162, 252)).sum(),
        ernstig_vertraagd=(langer & (dagen > 252)).sum(),
    )
    voor = pl.col("koppeling") < BEGIN
    geleverd = (
        koppelingen.lazy()
        .filter(pl.col("einde").is_null() | (pl.col("einde") >= BEGIN))
        .group_by("gemeentecode")
        .agg(
            gemaakt=(~voor).sum(),
            gekoppeld_begin=pl.col("s").filter(voor).n_unique(),
            beschikbaar=pl.col("s").n_unique(),
        )
    )
    oordeel = (
        pl.when(pl.col("eindsaldo") <= 0)
        .then(pl.lit("voldaan"))
        .when(pl.col("beschikbaar") >= pl.col("gecorrigeerd"))
        .then(pl.lit("te_weinig_gehuisvest"))
        .otherwise(pl.lit("te_weinig_gekoppeld"))
    )
    naam = pl.col("gemeentecode").cast(pl.String)
    aantallen = pl.exclude("gemeentecode")
    first, second = (frame.with_columns(naam, aantallen.cast(pl.Int64)).collect() for frame in (trechter, geleverd))
    return (
        rekening.select("gemeentecode", "gemeente", "provincie", "arbeidsmarktregio")
        .join(first, on="gemeentecode", how="left")
        .join(rekening.select("gemeentecode", "gecorrigeerd", "realisatie", "eindsaldo"), on="gemeentecode")
        .join(second, on="gemeentecode", how="left")
        .with_columns(pl.col(pl.Int64).fill_null(0))
        .with_columns(oordeel=oordeel)
    )


def _waarnemingen(gemeenten: pl.DataFrame, personen: pl.DataFrame, koppelingen: pl.DataFrame) -> list[pl.LazyFrame]:
    """The four waiting times, a row per wait: start, end of being seen, the day it was reached and the groups."""
    regio = gemeenten.lazy().select(pl.col("gemeentecode").cast(pl.Categorical), "regiocode")
    leden = personen.lazy().group_by("h").agg(leden=pl.len())
    grootte = (
        pl.when(pl.col("leden") == 1)
        .then(pl.lit("een"))
        .when(pl.col("leden") == 2)
        .then(pl.lit("twee"))
        .when(pl.col("leden") <= 4)
        .then(pl.lit("drie_vier"))
        .otherwise(pl.lit("vijf_meer"))
    )
    wie = (
        personen.lazy()
        .join(leden, on="h")
        .filter(pl.col("aankomst").is_not_null())
        .join(regio, left_on="opvanggemeentecode", right_on="gemeentecode", how="left")
        .with_columns(
            grootte=grootte.cast(pl.Categorical),
            categorie=pl.col("categorie").fill_null("onbekend"),
            opvangregio=pl.col("regiocode"),
        )
    )
    nabij = (
        pl.when(pl.col("gemeentecode") == pl.col("opvanggemeentecode"))
        .then(pl.lit("gemeente"))
        .when(pl.col("regiocode") == pl.col("opvangregio"))
        .then(pl.lit("regio"))
        .when(pl.col("regiocode") != pl.col("opvangregio"))
        .then(pl.lit("elders"))
        .otherwise(pl.lit("andere_gemeente"))
    )
    per_koppeling = (
        koppelingen.lazy()
        .join(wie.select("s", "categorie", "grootte", "opvanggemeentecode", "opvangregio"), on="s")
        .join(regio, on="gemeentecode", how="left")
        .with_columns(nabij=nabij.cast(pl.Categorical), start="koppeling")
    )
    eerste = koppelingen.lazy().group_by("s").agg(pl.col("koppeling").min())
    per_persoon = (
        wie.filter(
            pl.col("vergunning").is_not_null()
            & (pl.col("vertrek").is_null() | (pl.col("vertrek") >= pl.col("vergunning")))
        )
        .join(eerste, on="s", how="left")
        .with_columns(
            start="vergunning",
            einde="vertrek",
            huisvesting=pl.when("gehuisvest").then("vertrek"),
            grond=pl.lit(None, pl.Categorical),
            screening=pl.lit(None, pl.Categorical),
            nabij=pl.lit(None, pl.Categorical),
        )
    )
    return [
        frame.select("start", pl.col("einde").fill_null(EIND), "categorie", "grootte", "grond", "screening", "nabij",
                     doel=doel, traject=pl.lit(traject))
        for frame, doel, traject in (
            (per_koppeling, "aanbod", "koppeling_aanbod"),
            (per_koppeling, "huisvesting", "koppeling_huisvesting"),
            (per_persoon, "koppeling", "vergunning_koppeling"),
            (per_persoon, "huisvesting", "vergunning_huisvesting"),
        )
    ]  # fmt: skip


def _cellen(waarnemingen: pl.LazyFrame) -> pl.LazyFrame:
    bereikt = pl.col("doel") <= pl.col("einde")
    halfjaar = pl.col("start").dt.year().cast(pl.String) + pl.when(pl.col("start").dt.month() > 6).then(
        pl.lit("-II")
    ).otherwise(pl.lit("-I"))
    # First per pair of days and groups, then the words: strings of so many rows cost more than the groups.
    return (
        waarnemingen.with_columns(
            dag=(pl.min_horizontal("doel", "einde") - pl.col("start")).dt.total_days().cast(pl.Int32),
            start=pl.col("start").dt.truncate("6mo"),
            bereikt=bereikt,
            halfjaar=bereikt & (pl.col("doel") >= BEGIN),
        )
        .group_by("traject", "start", "categorie", "grootte", "grond", "screening", "nabij", "dag")
        .agg(
            n=pl.len().cast(pl.Int64),
            bereikt=pl.col("bereikt").sum().cast(pl.Int64),
            bereikt_halfjaar=pl.col("halfjaar").sum().cast(pl.Int64),
        )
        .with_columns(cohort=pl.when(halfjaar.is_in(_HALFJAREN)).then(halfjaar))
    )


def _wachttijden(gemeenten: pl.DataFrame, personen: pl.DataFrame, koppelingen: pl.DataFrame) -> pl.DataFrame:
    waits = _waarnemingen(gemeenten, personen, koppelingen)
    cellen = pl.concat(pl.collect_all([_cellen(wait) for wait in waits])).with_columns(
        n=pl.when(pl.col("cohort").is_not_null()).then("n").otherwise(0),
        bereikt=pl.when(pl.col("cohort").is_not_null()).then("bereikt").otherwise(0),
    )
    soorten = {naam: pl.col(naam).cast(pl.String) for naam in _GROEPEN}
    soorten["grond_screening"] = soorten["grond"] + "_" + soorten["screening"]
    soorten["totaal"] = pl.lit("totaal")
    per_dag = pl.concat(
        cellen.group_by("traject", pl.lit(soort).alias("groepsoort"), groep.alias("groep"), "dag").agg(
            pl.col("n", "bereikt", "bereikt_halfjaar").sum()
        )
        for soort, groep in soorten.items()
    ).filter(pl.col("groep").is_not_null() & (pl.col("n") + pl.col("bereikt_halfjaar") > 0))
    groep = ["traject", "groepsoort", "groep"]
    tellingen = per_dag.group_by(groep).agg(
        aantal=pl.col("n").sum(),
        bereikt=pl.col("bereikt").sum(),
        gemiddeld_aantal=pl.col("bereikt_halfjaar").sum(),
        dagen=(pl.col("dag") * pl.col("bereikt_halfjaar")).sum(),
    )
    kwantielen = _kwantielen(per_dag.filter(pl.col("n") > 0), groep)
    return (
        tellingen.join(kwantielen, on=groep, how="left")
        .with_columns(
            mediaan_weken=_tienden(10 * pl.col("mediaan_dagen").cast(pl.Int64), pl.lit(7)),
            gemiddeld_weken=_tienden(10 * pl.col("dagen"), 7 * pl.col("gemiddeld_aantal")),
        )
        .select(*groep, "aantal", "bereikt", *[name for name in kwantielen.columns if name not in groep],
                "mediaan_weken", "gemiddeld_aantal", "gemiddeld_weken")
    )  # fmt: skip


def _kwantielen(per_dag: pl.DataFrame, groep: list[str]) -> pl.DataFrame:
    """Kaplan and Meier with the log-log band of Greenwood: the first day at or below each share."""
    n, d = pl.col("wachtend"), pl.col("bereikt").cast(pl.Float64)
    over, log_s = d < n, pl.col("log_s")
    term = _Z * pl.col("variantie").sqrt() / log_s
    kansen = {
        "": log_s.exp(),
        "_ondergrens": (log_s * (-term).exp()),
        "_bovengrens": (log_s * term.exp()),
    }

    def kans(name: str) -> pl.Expr:
        if not name:
            return pl.when(over).then(kansen[name]).otherwise(0.0)
        return pl.when(~over).then(0.0).when(log_s == 0).then(1.0).otherwise(kansen[name].exp())

    kromme = (
        per_dag.sort("dag")
        .with_columns(wachtend=pl.col("n").cum_sum(reverse=True).over(groep).cast(pl.Float64))
        .with_columns(
            log_s=pl.when(over).then(((n - d) / n).log()).otherwise(0.0).cum_sum().over(groep),
            variantie=pl.when(over).then(d / (n * (n - d))).otherwise(0.0).cum_sum().over(groep),
        )
        .with_columns(kans(name).alias(f"kans{name}") for name in kansen)
    )
    return kromme.group_by(groep).agg(
        pl.col("dag").filter(pl.col(f"kans{name}") <= deel + 1e-12).min().alias(f"{kwantiel}{name}_dagen")
        for kwantiel, deel in (("mediaan", 0.5), ("kwartiel_1", 0.75), ("kwartiel_3", 0.25))
        for name in kansen
    )


def _aansluiting(
    bronnen: Path, rekening: pl.DataFrame, overgang: pl.DataFrame, personen: pl.DataFrame, afmeldingen: pl.DataFrame
) -> pl.DataFrame:
    codes = rekening["gemeentecode"].implode()
    eigen = afmeldingen.lazy().filter((pl.col("aantal") > 0) & ~pl.col("teruggedraaid"))
    plaatsing = (
        eigen.filter(pl.col("datum") >= BEGIN)
        .sort("datum", "afmelding_id")
        .unique("s", keep="last")
        .select("s", coa="gemeentecode", coa_datum="datum")
    )
    lijsten = _op_nieuwe_code(_read(bronnen, "levering.gemeenten_levering"), overgang, None)
    geleverd = lijsten.select("gemeentecode").unique().with_columns(lijst=True).collect()
    meldingen = (
        _op_nieuwe_code(_read(bronnen, "gemeenten_huisvesting").with_columns(bestand="gemeentecode"), overgang, None)
        .filter(pl.col("gemeentecode").is_in(codes))
        .select(
            "gemeentecode",
            "bestand",
            s=pl.col("persoon").hash(),
            datum="datum_huisvesting",
            binnen=(pl.col("datum_huisvesting") >= BEGIN) & (pl.col("datum_huisvesting") < EIND),
        )
        .sort("binnen", "datum", "bestand")
        .unique(["s", "gemeentecode"], keep="last")
        .drop("bestand")
    )
    gemeld = (
        meldingen.filter("binnen")
        .join(plaatsing, on="s", how="left")
        .with_columns(zelfde=(pl.col("coa") == pl.col("gemeentecode")).fill_null(value=False))
        .sort("zelfde", "datum", "gemeentecode", descending=[True, True, False])
        .unique("s", keep="first", maintain_order=True)
        .select("s", "gemeentecode", "datum")
    )
    eerder = eigen.filter(pl.col("datum") < BEGIN).select("s").unique().with_columns(eerder=True)
    elders = meldingen.filter(~pl.col("binnen")).select("s", coa="gemeentecode", elders=True)
    wie = personen.lazy().select(
        "s", bekend=True, in_opvang=pl.col("instroom").is_not_null() & pl.col("vertrek").is_null()
    )
    coa, hier = pl.col("coa"), pl.col("gemeentecode")
    klassen = (
        ("andere_gemeente", coa != hier),
        ("andere_datum", pl.col("coa_datum") != pl.col("datum")),
        ("gelijk", pl.col("coa_datum") == pl.col("datum")),
        ("gemeente_leverde_niet", coa.is_in(codes) & pl.col("lijst").is_null()),
        ("gemeente_ander_halfjaar", pl.col("elders")),
        ("alleen_coa", coa.is_not_null()),
        ("onbekend_coa", pl.col("bekend").is_null()),
        ("coa_ander_halfjaar", pl.col("eerder")),
    )
    klasse = pl.lit("alleen_gemeente")
    for name, holds in reversed(klassen):
        klasse = pl.when(holds).then(pl.lit(name)).otherwise(klasse)
    samen = (
        plaatsing.join(gemeld, on="s", how="full", coalesce=True)
        .join(geleverd.lazy(), left_on="coa", right_on="gemeentecode", how="left")
        .join(elders, on=["s", "coa"], how="left")
        .join(wie, on="s", how="left")
        .join(eerder, on="s", how="left")
        .select(
            "coa",
            "gemeentecode",
            klasse=klasse,
            in_opvang=pl.col("in_opvang").fill_null(value=False),
            dagen=(pl.col("coa_datum") - pl.col("datum")).dt.total_days(),
        )
    )
    soort = pl.col("klasse")
    van_coa = (
        samen.filter(coa.is_not_null())
        .group_by(gemeentecode="coa")
        .agg(
            pl.len().alias("geplaatst"),
            *[(soort == name).sum().alias(name) for name, _ in klassen[:6]],
            vertraging_mediaan=pl.col("dagen").filter(soort.is_in(["gelijk", "andere_datum"])).median(),
        )
    )
    van_gemeente = (
        samen.filter(hier.is_not_null())
        .group_by("gemeentecode")
        .agg(
            personen=pl.len(),
            andere_gemeente_gemeld=(soort == "andere_gemeente").sum(),
            alleen_gemeente=(soort == "alleen_gemeente").sum(),
            late_afmelding=((soort == "alleen_gemeente") & pl.col("in_opvang")).sum(),
            onbekend_coa=(soort == "onbekend_coa").sum(),
            coa_ander_halfjaar=(soort == "coa_ander_halfjaar").sum(),
        )
    )
    regels = meldingen.group_by("gemeentecode").agg(
        gemeld=pl.col("binnen").sum(), buiten_halfjaar=(~pl.col("binnen")).sum()
    )
    parts = [
        frame.with_columns(pl.col(pl.UInt32).cast(pl.Int64))
        for frame in pl.collect_all([van_coa, van_gemeente, regels])
    ]
    frame = rekening.select("gemeentecode", "gemeente", "realisatie").join(geleverd, on="gemeentecode", how="left")
    for part in parts:
        frame = frame.join(part, on="gemeentecode", how="left")
    frame = frame.with_columns(pl.col(pl.Int64).fill_null(0), pl.col("lijst").fill_null(value=False)).with_columns(
        dubbel_gemeld=pl.col("gemeld") - pl.col("personen"),
        realisatie_eigen_telling=pl.col("realisatie") - pl.col("geplaatst") + pl.col("gemeld"),
        verschil=pl.col("gemeld") - pl.col("geplaatst"),
        geleverd=pl.when("lijst").then(pl.lit("ja")).otherwise(pl.lit("nee")),
    )
    met_lijst = (
        "gemeld", "gelijk", "andere_datum", "gemeente_ander_halfjaar", "alleen_coa", "andere_gemeente_gemeld",
        "alleen_gemeente", "late_afmelding", "onbekend_coa", "coa_ander_halfjaar", "dubbel_gemeld", "buiten_halfjaar",
        "realisatie_eigen_telling", "verschil",
    )  # fmt: skip
    return frame.with_columns(pl.when("lijst").then(name).alias(name) for name in met_lijst).select(
        "gemeentecode", "gemeente", "geleverd", "geplaatst", "gemeld", "gelijk", "andere_datum", "andere_gemeente",
        "gemeente_leverde_niet", "gemeente_ander_halfjaar", "alleen_coa", "andere_gemeente_gemeld", "alleen_gemeente",
        "late_afmelding", "onbekend_coa", "coa_ander_halfjaar", "dubbel_gemeld", "buiten_halfjaar",
        "vertraging_mediaan", "realisatie", "realisatie_eigen_telling", "verschil",
    )  # fmt: skip


def _stroom(personen: pl.DataFrame, afmeldingen: pl.DataFrame) -> pl.DataFrame:
    voor = pl.col("datum") < BEGIN
    grootboek = (
        afmeldingen.lazy()
        .group_by("s")
        .agg(voor=pl.col("aantal").filter(voor).sum(), tijdens=pl.col("aantal").filter(~voor).sum())
    )
    instroom, vertrek = pl.col("instroom"), pl.col("vertrek")
    opvang, nareis = pl.col("opvang"), pl.col("categorie") == "nareis"
    anders = pl.col("anders")
    return (
        personen.lazy()
        .join(grootboek, on="s", how="left")
        .with_columns(
            pl.col("voor", "tijdens").fill_null(0),
            opvang=instroom.is_not_null() & ~(vertrek < instroom).fill_null(value=False),
            anders=vertrek.is_not_null() & ~pl.col("gehuisvest").fill_null(value=True),
        )
        .group_by(pl.col("categorie").cast(pl.String))
        .agg(
            begin=(opvang & (instroom < BEGIN) & (pl.col("voor") <= 0) & ~(anders & (vertrek < BEGIN))).sum(),
            vergunningen=(opvang & (instroom >= BEGIN) & ~nareis).sum(),
            nareis=(opvang & (instroom >= BEGIN) & nareis).sum(),
            afgemeld=pl.col("tijdens").filter(opvang).sum(),
            anders_vertrokken=(opvang & anders & (vertrek >= BEGIN)).sum(),
            eind=(opvang & vertrek.is_null()).sum(),
            buiten_opvang=pl.col("tijdens").filter(~opvang).sum(),
        )
        .filter(pl.col("categorie").is_in(["asiel", "nareis", "amv"]))
        .collect()
    )
