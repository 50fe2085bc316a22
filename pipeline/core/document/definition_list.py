"""The definitions of the figures as a short list: one entry per figure or per family of figures.

Belongs here: which figures form a family, and what an entry says. Not here: the definitions (sql/report). An entry of a
family says the sentences that all its members have in common, so that it is true of each. What several entries of a
chapter say in the same words stands once below them, as a note.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pipeline.core.document.dutch import opsomming

# Figures that exist six times, once per month; in the list they stand once, for 'maand m'.
_MAANDCIJFER = re.compile(r"realisatie\.(maand|cumulatief|schema)\w*_(?P<maand>[1-6])")
# Where a definition names that month: 'maand 1' and 'na 1 van de zes maanden', but not the 1 of '1 januari'.
_EERSTE_MAAND = re.compile(r"\b(maand|na(?= 1 van de zes maanden)) 1\b")
_ZIN = re.compile(r"(?<=[.;]) (?=[A-Z])")
_ZIN_OF_WEGLATING = re.compile(r"(?<=[.;…]) (?=[A-Z…])")

# Families: which ids, and the name of the entry. An id may be in two: its group and its measure.
_FAMILIES: tuple[tuple[str, str], ...] = (
    (r"vorige\..*", "Vorig halfjaar: de kerncijfers"),
    (r"verandering\..*", "Verandering: de kerncijfers"),
    (r"vooruitblik\.prognose_eerste_.*", "Eerste prognose"),
    (r"vooruitblik\.prognose_(min_)?\d", "Laatste prognose"),
    (r"vooruitblik\.prognose_verschil_.*", "Taakstelling min prognose"),
    (r"vooruitblik\.taakstelling_eerste_.*", "Eerste aangekondigde taakstelling"),
    (r"vooruitblik\.taakstelling_(min_)?\d", "Aangekondigde taakstelling"),
    (r"vooruitblik\.herzieningen_.*", "Herzieningen van de taakstelling"),
    (r"vooruitblik\.realisatie_(min_)?\d", "Realisatie per halfjaar"),
    (r"vooruitblik\.realisatie_verschil_.*", "Realisatie min aangekondigde taakstelling"),
    (r"nareis\.verwacht_[12]", "Nareizigers verwacht in een volgend halfjaar"),
    (r"opvang\.begin_(asiel|nareis|amv)", "In de opvang aan het begin, per grond"),
    (r"opvang\.instroom_(asiel|nareis|amv)", "Instroom in de opvang, per grond"),
    (r"opvang\.afgemeld_(asiel|nareis|amv)", "Naar een woning, per grond"),
    (r"opvang\.anders_vertrokken_(asiel|nareis|amv)", "Om een andere reden vertrokken, per grond"),
    (r"opvang\.\w+_nationaliteit_\w+", "Stand en stroom, per nationaliteit"),
    (r"opvang\.\w+_opvangvorm_\w+", "Stand en stroom, per soort opvang"),
    (r"opvang\.begin_huishoudgrootte_.*", "In de opvang aan het begin, per grootte van het huishouden"),
    (r"opvang\.begin_verblijf_.*", "In de opvang aan het begin, per duur van het verblijf"),
    (r"opvang\.afgemeld_buiten_opvang_.*", "Afgemeld buiten de opvang, per grond"),
    (r"opvang\.categorie_.*", "In de opvang, per grond van de vergunning"),
    (r"opvang\.huishoudgrootte_.*", "In de opvang, per grootte van het huishouden"),
    (r"opvang\.nationaliteit_\w+", "In de opvang, per nationaliteit"),
    (r"opvang\.opvangvorm_.*", "In de opvang, per soort opvang"),
    (r"opvang\.verblijf_.*", "In de opvang, per duur van het verblijf"),
    (r"koppelingen\.(?!te_lang)\w+_huishoudens", "Koppelingen: huishoudens"),
    (r"koppelingen\.te_lang_(weken|ernstig)\w+(?<!_huishoudens)", "Langer dan de norm, per aantal weken"),
    (r"koppelingen\.te_lang_categorie\w+(?<!_huishoudens)", "Langer dan de norm, per grond van de vergunning"),
    (r"koppelingen\.te_lang_huishoudgrootte\w+(?<!_huishoudens)", "Langer dan de norm, per grootte van het huishouden"),
    (r"koppelingen\.te_lang_reden\w+(?<!_huishoudens)", "Langer dan de norm, per reden"),
    (r"koppelingen\.te_lang_\w+_huishoudens", "Langer dan de norm: huishoudens per klasse"),
    (r"vergunning\.\w+_huishoudens", "Klok van de vergunning: huishoudens"),
    (r"ind\.alleen_ind_(?!nareis)\w+", "Waarvan geen verwachte nareiziger"),
    (r"ind\.(coa|opvang|geplaatst)_personen", "Personen vergeleken met de IND"),
    (r"ind\.(coa|opvang|geplaatst)_gelijk", "Vergunning gelijk"),
    (r"ind\.(coa|opvang|geplaatst)_andere_datum", "Andere datum bij de IND"),
    (r"ind\.(coa|opvang|geplaatst)_ingetrokken", "Ingetrokken bij de IND"),
    (r"ind\.(coa|opvang|geplaatst)_onbekend", "Onbekend bij de IND"),
    (r"toezicht\.achter_[123]", "Gemeenten naar halfjaren achter"),
    (r"toezicht\.trede_\d", "Gemeenten naar trede"),
    (r"kansrijk\.\w+_koppelingen", "Kansrijk koppelen: koppelingen per groep"),
    (r"kansrijk\.\w+_koppelingen_procent", "Kansrijk koppelen: deel van de koppelingen"),
    (r"kansrijk\.\w+_met_opvang", "Kansrijk koppelen: koppelingen uit de opvang"),
    (r"kansrijk\.\w+_opvanggemeente", "Kansrijk koppelen: aan de gemeente van de opvang"),
    (r"kansrijk\.\w+_opvanggemeente_procent", "Kansrijk koppelen: deel aan de gemeente van de opvang"),
    (r"kansrijk\.\w+_opvangregio", "Kansrijk koppelen: in de regio van de opvang"),
    (r"kansrijk\.\w+_opvangregio_procent", "Kansrijk koppelen: deel in de regio van de opvang"),
    (r"kansrijk\.\w+_gevolgd", "Kansrijk koppelen: koppelingen gevolgd"),
    (r"kansrijk\.\w+_gehuisvest", "Kansrijk koppelen: koppelingen met huisvesting"),
    (r"kansrijk\.\w+_mediaan(_weken)?", "Kansrijk koppelen: mediaan tot huisvesting"),
    (r"kansrijk\.\w+_mediaan_ondergrens", "Kansrijk koppelen: ondergrens van de mediaan"),
    (r"kansrijk\.\w+_mediaan_bovengrens", "Kansrijk koppelen: bovengrens van de mediaan"),
    (r"wachttijd\.vergunning_koppeling_(?!gemiddeld)\w+", "Van vergunning tot koppeling"),
    (r"wachttijd\.koppeling_aanbod_(?!gemiddeld)\w+", "Van koppeling tot aanbod"),
    (r"wachttijd\.koppeling_huisvesting_(?!gemiddeld)\w+", "Van koppeling tot huisvesting"),
    (r"wachttijd\.vergunning_huisvesting_(?!gemiddeld)\w+", "Van vergunning tot huisvesting, ook per groep"),
    (r"wachttijd\.\w+_aantal(?<!gemiddeld_aantal)", "Wachttijd: aantal gevolgd"),
    (r"wachttijd\.\w+_bereikt", "Wachttijd: aantal bereikt"),
    (r"wachttijd\.\w+_mediaan", "Wachttijd: mediaan"),
    (r"wachttijd\.\w+_kwartiel_1", "Wachttijd: eerste kwartiel"),
    (r"wachttijd\.\w+_kwartiel_3", "Wachttijd: derde kwartiel"),
    (r"wachttijd\.[a-z_]+_(?<!_1_)(?<!_3_)(onder|boven)grens(_weken)?", "Wachttijd: band om de mediaan"),
    (r"wachttijd\.\w+_kwartiel_1_(onder|boven)grens", "Wachttijd: band om het eerste kwartiel"),
    (r"wachttijd\.\w+_kwartiel_3_(onder|boven)grens", "Wachttijd: band om het derde kwartiel"),
    (r"wachttijd\.\w+_gemiddeld(_weken)?", "Wachttijd: gewoon gemiddelde"),
    (r"wachttijd\.\w+_gemiddeld_aantal", "Wachttijd: aantal in het gewone gemiddelde"),
)


# The chapter in which the figures of each first word are explained.
_HOOFDSTUK = {
    "nareis": "instroom",
    "vooruitblik": "instroom",
    "opvang": "opvang",
    "koppelingen": "koppelingen",
    "vergunning": "koppelingen",
    "norm": "koppelingen",
    "wachttijd": "doorlooptijden",
    "kansrijk": "doorlooptijden",
    "aansluiting": "aansluiting",
    "ind": "aansluiting",
    "toezicht": "toezicht",
}
_OVERIG = "realisatie"
_VOLGORDE = ("instroom", _OVERIG, "opvang", "koppelingen", "doorlooptijden", "aansluiting", "toezicht")
# Fewer words at the start than this say too little; then the sentences that all have are the entry.
_WOORDEN_VOORAAN = 3
# The first sentence is told by its end alone when that has so many words.
_WOORDEN_ACHTERAAN = 4
# A sentence of so many characters in so many entries of a chapter becomes a note.
_NOOT_TEKENS = 45
_NOOT_KEREN = 3


def definitielijst(rijen: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Per chapter its entries: `hoofdstuk`, `rijen` of `naam` and `definitie` in order of name, and `noten`.

    `noten` are the sentences that at least three entries have in common; an entry refers to them by number. A figure is
    left out on its own when a family has it. A family without words in common has no entry: its figures then stand on
    their own.
    """
    los = {str(rij["cijfer_id"]): rij for rij in rijen}
    per_hoofdstuk: dict[str, list[dict[str, str]]] = {}
    gehad: set[str] = set()

    def voeg_toe(cijfer_id: str, naam: str, definitie: str) -> None:
        hoofdstuk = _HOOFDSTUK.get(cijfer_id.partition(".")[0], _OVERIG)
        per_hoofdstuk.setdefault(hoofdstuk, []).append({"naam": naam, "definitie": definitie})

    for patroon, naam in _FAMILIES:
        leden = [cijfer_id for cijfer_id in los if re.fullmatch(patroon, cijfer_id)]
        gedeeld = _gedeeld([str(los[cijfer_id]["definitie"]) for cijfer_id in leden])
        if gedeeld:
            gehad.update(leden)
            voeg_toe(leden[0], naam, gedeeld)
    for cijfer_id, rij in los.items():
        maand = _MAANDCIJFER.fullmatch(cijfer_id)
        if cijfer_id in gehad or (maand and maand["maand"] != "1"):
            continue
        naam, definitie = str(rij["naam"]), str(rij["definitie"])
        if maand:
            naam, definitie = _EERSTE_MAAND.sub(r"\1 m", naam), _EERSTE_MAAND.sub(r"\1 m", definitie)
        voeg_toe(cijfer_id, naam, definitie)
    return [
        {"hoofdstuk": hoofdstuk, **_met_noten(sorted(per_hoofdstuk[hoofdstuk], key=lambda rij: rij["naam"]))}
        for hoofdstuk in _VOLGORDE
        if hoofdstuk in per_hoofdstuk
    ]


def _met_noten(rijen: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The entries without the sentences that many have, each with the numbers of its notes instead, and those notes.

    Sentences that the same entries have are one note. No entry is left with notes alone.
    """
    zinnen = [_ZIN_OF_WEGLATING.split(rij["definitie"]) for rij in rijen]
    waar: dict[str, tuple[int, ...]] = {}
    for zin in dict.fromkeys(zin for rij in zinnen for zin in rij):
        plaatsen = tuple(n for n, rij in enumerate(zinnen) if zin in rij)
        if len(plaatsen) >= _NOOT_KEREN and len(zin) >= _NOOT_TEKENS:
            waar[zin] = plaatsen
    leeg = {n for n, rij in enumerate(zinnen) if all(zin in waar for zin in rij)}
    waar = {zin: plaatsen for zin, plaatsen in waar.items() if not leeg.intersection(plaatsen)}
    groepen = list(dict.fromkeys(waar.values()))
    uit = []
    for n, (rij, delen) in enumerate(zip(rijen, zinnen, strict=True)):
        nummers = [str(nummer) for nummer, groep in enumerate(groepen, 1) if n in groep]
        verwijzing = [f"Zie noot {opsomming(nummers)}."] if nummers else []
        eigen = [zin for zin in delen if zin not in waar]
        uit.append({"naam": rij["naam"], "definitie": " ".join((*eigen, *verwijzing))})
    return {
        "rijen": uit,
        "noten": [" ".join(zin for zin, plaatsen in waar.items() if plaatsen == groep) for groep in groepen],
    }


def _gedeeld(definities: Sequence[str]) -> str:
    """What all definitions say: their first and last words with an ellipsis for what differs, or their sentences."""
    if len(set(definities)) < 2:
        return definities[0] if definities else ""
    woorden = [definitie.split() for definitie in definities]
    kortste = min(len(rij) for rij in woorden)
    voor = _gelijk_begin(woorden, kortste)
    achter = _gelijk_begin([rij[::-1] for rij in woorden], kortste - voor)
    if voor >= _WOORDEN_VOORAAN:
        eerste = woorden[0]
        return " ".join((*eerste[:voor], "…", *eerste[len(eerste) - achter :]))
    anderen = [set(_ZIN.split(definitie)) for definitie in definities[1:]]
    zinnen = [zin for zin in _ZIN.split(definities[0]) if all(zin in ander for ander in anderen)]
    return " ".join((*_gedeelde_eerste_zin(definities), *zinnen))


def _gedeelde_eerste_zin(definities: Sequence[str]) -> tuple[str, ...]:
    """The first sentence with an ellipsis for what differs, when its end is long enough; else nothing."""
    woorden = [_ZIN.split(definitie)[0].split() for definitie in definities]
    kortste = min(len(rij) for rij in woorden)
    voor = _gelijk_begin(woorden, kortste)
    achter = _gelijk_begin([rij[::-1] for rij in woorden], kortste - voor)
    if voor == kortste or achter < _WOORDEN_ACHTERAAN:
        return ()
    return (" ".join((*woorden[0][:voor], "…", *woorden[0][len(woorden[0]) - achter :])),)


def _gelijk_begin(rijen: Sequence[Sequence[str]], hoogstens: int) -> int:
    """How many first words all rows have in common."""
    return next((n for n in range(hoogstens) if len({rij[n] for rij in rijen}) > 1), hoogstens)
