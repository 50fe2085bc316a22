"""The definitions of the figures as a short list: one entry per figure or per family of figures.

Belongs here: which figures form a family, and what an entry says. Not here: the definitions (sql/report). An entry of a
family is full sentences: where the members differ in words, one written here that holds for each of them, and then the
sentences that all members have in common. What several entries of a chapter say in the same words stands once below
them, as a note. The last sentence of each says on what law, publication or own choice it rests.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.core.document.dutch import opsomming

# Figures that exist six times, once per month; in the list they stand once, for 'maand m'.
_MAANDCIJFER = re.compile(r"realisatie\.(maand|cumulatief|schema)\w*_(?P<maand>[1-6])")
# Where a definition names that month: 'maand 1' and 'na 1 van de zes maanden', but not the 1 of '1 januari'.
_EERSTE_MAAND = re.compile(r"\b(maand|na(?= 1 van de zes maanden)) 1\b")
_ZIN = re.compile(r"(?<=[.;]) (?=[A-Z])")


class _Familie(NamedTuple):
    """Which ids, the name of the entry, and its first words where the members differ in theirs.

    An id may be in two families: that of its group and that of its measure.
    """

    patroon: str
    naam: str
    kop: str = ""


_BIJ_DE_IND = "Personen bij het COA, in de opvang of in het halfjaar geplaatst,"

_FAMILIES: tuple[_Familie, ...] = (
    _Familie(
        r"vorige\..*", "Vorig halfjaar: de kerncijfers", "Het kerncijfer van het vorige halfjaar, zoals gepubliceerd."
    ),
    _Familie(
        r"verandering\..*",
        "Verandering: de kerncijfers",
        "Het kerncijfer van dit halfjaar min dat van het vorige, zoals gepubliceerd.",
    ),
    _Familie(
        r"herziening\.\w+_(oud|verschil|definitie|eerder|correcties|nagekomen|herindeling)",
        "Herziening: de kerncijfers",
        "Het kerncijfer in de eerder gepubliceerde editie van dit halfjaar, het verschil met nu, en het deel daarvan "
        "per oorzaak: definitie of code, eerdere edities, correcties, nagekomen en herindeling.",
    ),
    _Familie(
        r"vooruitblik\.prognose_eerste_.*",
        "Eerste prognose",
        "De eerste prognose van de landelijke taakstelling voor het halfjaar die op de briefdatum bekend was.",
    ),
    _Familie(
        r"vooruitblik\.prognose_(min_)?\d",
        "Laatste prognose",
        "De laatste prognose van de landelijke taakstelling voor het halfjaar die op de briefdatum bekend was.",
    ),
    _Familie(
        r"vooruitblik\.prognose_verschil_.*",
        "Prognose min taakstelling",
        "De laatste prognose min de aangekondigde taakstelling van het halfjaar.",
    ),
    _Familie(
        r"vooruitblik\.taakstelling_eerste_.*",
        "Eerste aangekondigde taakstelling",
        "De landelijke taakstelling van het halfjaar, zoals voor het eerst aangekondigd.",
    ),
    _Familie(
        r"vooruitblik\.taakstelling_(min_)?\d",
        "Aangekondigde taakstelling per halfjaar",
        "De landelijke taakstelling van het halfjaar, zoals bekend op de briefdatum.",
    ),
    _Familie(
        r"vooruitblik\.herzieningen_.*",
        "Herzieningen van de taakstelling",
        "Hoe vaak de taakstelling van het halfjaar na de eerste aankondiging tot en met de briefdatum "
        "opnieuw is aangekondigd.",
    ),
    _Familie(
        r"vooruitblik\.realisatie_(min_)?\d", "Realisatie per halfjaar", "De landelijke realisatie van het halfjaar."
    ),
    _Familie(
        r"vooruitblik\.realisatie_verschil_.*",
        "Realisatie min aangekondigde taakstelling",
        "De landelijke realisatie van het halfjaar min de aangekondigde taakstelling, zonder het saldo aan het begin.",
    ),
    _Familie(
        r"nareis\.verwacht_[12]",
        "Nareizigers verwacht in een volgend halfjaar",
        "Nog verwachte nareizigers met een verwachte dag in dat halfjaar. De verwachte dag is een schatting.",
    ),
    _Familie(r"opvang\.begin_(asiel|nareis|amv)", "In de opvang aan het begin, per grond"),
    _Familie(r"opvang\.instroom_(asiel|nareis|amv)", "Instroom in de opvang, per grond"),
    _Familie(r"opvang\.afgemeld_(asiel|nareis|amv)", "Naar een woning, per grond"),
    _Familie(r"opvang\.anders_vertrokken_(asiel|nareis|amv)", "Om een andere reden vertrokken, per grond"),
    _Familie(
        r"opvang\.\w+_nationaliteit_\w+",
        "Stand en stroom, per nationaliteit",
        "De stand aan het begin, wie erbij kwam en wie vertrok.",
    ),
    _Familie(
        r"opvang\.\w+_opvangvorm_\w+",
        "Stand en stroom, per soort opvang",
        "De stand aan het begin, wie erbij kwam en wie vertrok.",
    ),
    _Familie(r"opvang\.begin_huishoudgrootte_.*", "In de opvang aan het begin, per grootte van het huishouden"),
    _Familie(r"opvang\.begin_verblijf_.*", "In de opvang aan het begin, per duur van het verblijf"),
    _Familie(r"opvang\.afgemeld_buiten_opvang_.*", "Afgemeld buiten de opvang, per grond"),
    _Familie(r"opvang\.categorie_.*", "In de opvang, per grond van de vergunning"),
    _Familie(r"opvang\.huishoudgrootte_.*", "In de opvang, per grootte van het huishouden"),
    _Familie(r"opvang\.nationaliteit_\w+", "In de opvang, per nationaliteit"),
    _Familie(r"opvang\.opvangvorm_.*", "In de opvang, per soort opvang"),
    _Familie(r"opvang\.verblijf_.*", "In de opvang, per duur van het verblijf"),
    _Familie(
        r"koppelingen\.(?!te_lang)\w+_huishoudens",
        "Koppelingen: huishoudens",
        "Huishoudens met ten minste één lid dat meetelt in het cijfer over personen. Een huishouden over "
        "twee gemeenten telt in beide, en één keer in het gebied erboven.",
    ),
    _Familie(
        r"koppelingen\.te_lang_(weken|ernstig)\w+(?<!_huishoudens)",
        "Langer dan de norm, per aantal weken",
        "Vergunninghouders in de opvang die zoveel weken langer gekoppeld zijn dan de norm, zonder "
        "aanbod. Een begonnen week telt mee.",
    ),
    _Familie(r"koppelingen\.te_lang_categorie\w+(?<!_huishoudens)", "Langer dan de norm, per grond van de vergunning"),
    _Familie(
        r"koppelingen\.te_lang_huishoudgrootte\w+(?<!_huishoudens)",
        "Langer dan de norm, per grootte van het huishouden",
    ),
    _Familie(r"koppelingen\.te_lang_reden\w+(?<!_huishoudens)", "Langer dan de norm, per reden"),
    _Familie(
        r"koppelingen\.te_lang_\w+_huishoudens",
        "Langer dan de norm: huishoudens per klasse",
        "Huishoudens met ten minste één lid in de opvang dat in die klasse langer gekoppeld is dan de "
        "norm, zonder aanbod.",
    ),
    _Familie(
        r"vergunning\.\w+_huishoudens",
        "Klok van de vergunning: huishoudens",
        "Huishoudens met ten minste één lid in de opvang dat meetelt in het cijfer over personen.",
    ),
    _Familie(
        r"ind\.alleen_ind_(?!nareis)\w+",
        "Waarvan geen verwachte nareiziger",
        "Vergunning alleen bij de IND, geen verwachte nareiziger, en het COA kent de persoon niet of "
        "zonder vergunning.",
    ),
    _Familie(
        r"ind\.(coa|opvang|geplaatst)_personen",
        "Personen vergeleken met de IND",
        f"{_BIJ_DE_IND} vergeleken met de beslissingen van de IND.",
    ),
    _Familie(r"ind\.(coa|opvang|geplaatst)_gelijk", "Vergunning gelijk"),
    _Familie(
        r"ind\.(coa|opvang|geplaatst)_andere_datum",
        "Andere datum bij de IND",
        f"{_BIJ_DE_IND} met bij de IND een andere datum van de vergunning.",
    ),
    _Familie(r"ind\.(coa|opvang|geplaatst)_ingetrokken", "Ingetrokken bij de IND"),
    _Familie(
        r"ind\.(coa|opvang|geplaatst)_onbekend",
        "Onbekend bij de IND",
        f"{_BIJ_DE_IND} van wie de IND geen vergunning kent.",
    ),
    _Familie(r"toezicht\.achter_[123]", "Gemeenten naar halfjaren achter"),
    _Familie(
        r"toezicht\.trede_\d",
        "Gemeenten naar trede",
        "Gemeenten met die trede in de laatste opgave van de provincie tot en met de peildatum.",
    ),
    _Familie(r"kansrijk\.\w+_koppelingen", "Kansrijk koppelen: koppelingen per groep"),
    _Familie(r"kansrijk\.\w+_koppelingen_procent", "Kansrijk koppelen: deel van de koppelingen"),
    _Familie(r"kansrijk\.\w+_met_opvang", "Kansrijk koppelen: koppelingen uit de opvang"),
    _Familie(r"kansrijk\.\w+_opvanggemeente", "Kansrijk koppelen: aan de gemeente van de opvang"),
    _Familie(r"kansrijk\.\w+_opvanggemeente_procent", "Kansrijk koppelen: deel aan de gemeente van de opvang"),
    _Familie(r"kansrijk\.\w+_opvangregio", "Kansrijk koppelen: in de regio van de opvang"),
    _Familie(r"kansrijk\.\w+_opvangregio_procent", "Kansrijk koppelen: deel in de regio van de opvang"),
    _Familie(r"kansrijk\.\w+_gevolgd", "Kansrijk koppelen: koppelingen gevolgd"),
    _Familie(r"kansrijk\.\w+_gehuisvest", "Kansrijk koppelen: koppelingen met huisvesting"),
    _Familie(
        r"kansrijk\.\w+_mediaan(_weken)?",
        "Kansrijk koppelen: mediaan tot huisvesting",
        "De eerste dag na de koppeling waarop ten minste de helft gehuisvest is, in dagen en in weken. "
        "Eigen keuze: geschat volgens Kaplan en Meier over de koppelingen uit de opvang van de vier "
        "halfjaren tot de peildatum.",
    ),
    _Familie(r"kansrijk\.\w+_mediaan_ondergrens", "Kansrijk koppelen: ondergrens van de mediaan"),
    _Familie(r"kansrijk\.\w+_mediaan_bovengrens", "Kansrijk koppelen: bovengrens van de mediaan"),
    _Familie(r"wachttijd\.vergunning_koppeling_(?!gemiddeld)\w+", "Van vergunning tot koppeling"),
    _Familie(r"wachttijd\.koppeling_aanbod_(?!gemiddeld)\w+", "Van koppeling tot aanbod"),
    _Familie(r"wachttijd\.koppeling_huisvesting_(?!gemiddeld)\w+", "Van koppeling tot huisvesting"),
    _Familie(r"wachttijd\.vergunning_huisvesting_(?!gemiddeld)\w+", "Van vergunning tot huisvesting, ook per groep"),
    _Familie(r"wachttijd\.\w+_aantal(?<!gemiddeld_aantal)", "Wachttijd: aantal gevolgd"),
    _Familie(r"wachttijd\.\w+_bereikt", "Wachttijd: aantal bereikt"),
    _Familie(r"wachttijd\.\w+_mediaan", "Wachttijd: mediaan"),
    _Familie(r"wachttijd\.\w+_kwartiel_1", "Wachttijd: eerste kwartiel"),
    _Familie(r"wachttijd\.\w+_kwartiel_3", "Wachttijd: derde kwartiel"),
    _Familie(
        r"wachttijd\.[a-z_]+_(?<!_1_)(?<!_3_)(onder|boven)grens(_weken)?",
        "Wachttijd: band om de mediaan",
        "De ondergrens en de bovengrens van de band van 95 procent om de mediaan.",
    ),
    _Familie(
        r"wachttijd\.\w+_kwartiel_1_(onder|boven)grens",
        "Wachttijd: band om het eerste kwartiel",
        "De ondergrens en de bovengrens van de band van 95 procent om het eerste kwartiel.",
    ),
    _Familie(
        r"wachttijd\.\w+_kwartiel_3_(onder|boven)grens",
        "Wachttijd: band om het derde kwartiel",
        "De ondergrens en de bovengrens van de band van 95 procent om het derde kwartiel.",
    ),
    _Familie(
        r"wachttijd\.\w+_gemiddeld(_weken)?",
        "Wachttijd: gewoon gemiddelde",
        "Het gewone gemiddelde over wie het in het halfjaar zelf bereikte, hoe lang geleden het wachten ook begon.",
    ),
    _Familie(r"wachttijd\.\w+_gemiddeld_aantal", "Wachttijd: aantal in het gewone gemiddelde"),
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
# Figures that are a word of the list above this one, with the anchor of that word: there they are explained, and here
# they refer to it.
_WOORDEN = {
    "realisatie.totaal": "woord-realisatie",
    "saldo.achterstand": "woord-bruto-achterstand",
    "saldo.eind": "woord-eindsaldo",
    "saldo.voorsprong": "woord-bruto-voorsprong",
    "taakstelling.gecorrigeerd": "woord-gecorrigeerde-taakstelling",
    "taakstelling.netto": "woord-taakstelling",
}
# A sentence of so many characters in so many entries of a chapter becomes a note.
_NOOT_TEKENS = 45
_NOOT_KEREN = 3


# What rests on the report itself; who a vergunninghouder is, the list of words says.
_EIGEN = re.compile(r"eigen definitie(; wie vergunninghouder is, zegt .*)?\Z")


class _Ingang(NamedTuple):
    """One entry of the list: its chapter, name and text, the figures that it explains, its anchor in the document."""

    hoofdstuk: str
    naam: str
    definitie: str
    leden: tuple[str, ...]
    anker: str


def definitielijst(rijen: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Per chapter its entries: `hoofdstuk`, `rijen` of `naam`, `definitie` and `anker` in order of name, and `noten`.

    `noten` (`nummer`, `tekst`) are the sentences that at least three entries have in common; an entry refers to them by
    number, and the numbers go on over the chapters. `definitie` is empty where the list of words explains the figure. A
    figure is left out on its own when a family has it, and when one of the account has its name and its definition. A
    family without words in common has no entry: its figures then stand on their own.
    """
    per_hoofdstuk: dict[str, list[_Ingang]] = {}
    for ingang in _ingangen(rijen):
        per_hoofdstuk.setdefault(ingang.hoofdstuk, []).append(ingang)
    uit: list[dict[str, Any]] = []
    for hoofdstuk in (hoofdstuk for hoofdstuk in _VOLGORDE if hoofdstuk in per_hoofdstuk):
        gehad_noten = sum(len(groep["noten"]) for groep in uit)
        namen = sorted(per_hoofdstuk[hoofdstuk], key=lambda ingang: ingang.naam)
        uit.append({"hoofdstuk": hoofdstuk, **_met_noten(namen, gehad_noten + 1)})
    return uit


def definitie_ankers(rijen: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Per figure the anchors of what explains it: the word that it is, else its entries (that of its group first)."""
    ankers: dict[str, tuple[str, ...]] = {}
    for ingang in _ingangen(rijen):
        for cijfer_id in ingang.leden:
            ankers[cijfer_id] = (*ankers.get(cijfer_id, ()), ingang.anker)
    return ankers | {cijfer_id: (anker,) for cijfer_id, anker in _WOORDEN.items() if cijfer_id in ankers}


def _ingangen(rijen: Iterable[Mapping[str, Any]]) -> list[_Ingang]:
    los = {str(rij["cijfer_id"]): {**rij, "definitie": _met_grondslag(rij)} for rij in rijen}
    gevonden: dict[tuple[str, str, str], list[str]] = {}
    gehad: set[str] = set()
    for familie in _FAMILIES:
        leden = [cijfer_id for cijfer_id in los if re.fullmatch(familie.patroon, cijfer_id)]
        if tekst := _tekst(familie, [str(los[cijfer_id]["definitie"]) for cijfer_id in leden]):
            gehad.update(leden)
            gevonden[_hoofdstuk(leden[0]), familie.naam, tekst] = leden
    eerder: dict[tuple[str, str], list[str]] = {}
    for cijfer_id in sorted(los, key=lambda cijfer_id: (_hoofdstuk(cijfer_id) != _OVERIG, cijfer_id)):
        if cijfer_id in gehad:
            continue
        maand = _MAANDCIJFER.fullmatch(cijfer_id)
        # The months of a figure are one entry, in the words of the first.
        rij = los.get(re.sub(r"\d$", "1", cijfer_id), los[cijfer_id]) if maand else los[cijfer_id]
        naam, definitie = str(rij["naam"]), str(rij["definitie"])
        if maand:
            naam, definitie = _EERSTE_MAAND.sub(r"\1 m", naam), _EERSTE_MAAND.sub(r"\1 m", definitie)
        if (naam, definitie) in eerder:
            eerder[naam, definitie].append(cijfer_id)
            continue
        sleutel = (_hoofdstuk(cijfer_id), naam, "" if cijfer_id in _WOORDEN else definitie)
        eerder[naam, definitie] = gevonden.setdefault(sleutel, [])
        gevonden[sleutel].append(cijfer_id)
    return _met_ankers(gevonden)


def _met_grondslag(rij: Mapping[str, Any]) -> str:
    """The definition with the sentence on what it rests; none for one of the report itself: the list says that once."""
    grondslag = str(rij.get("grondslag") or "")
    if not grondslag or _EIGEN.match(grondslag):
        return str(rij["definitie"])
    zin = grondslag if grondslag.startswith("eigen ") else f"grondslag: {grondslag}"
    return f"{rij['definitie']} {zin[0].upper()}{zin[1:]}."


def _met_ankers(gevonden: Mapping[tuple[str, str, str], Sequence[str]]) -> list[_Ingang]:
    """The entries with anchors made of their names; a name that comes again gets a number."""
    keren: dict[str, int] = {}
    uit = []
    for (hoofdstuk, naam, definitie), leden in gevonden.items():
        ascii_naam = unicodedata.normalize("NFKD", naam).encode("ascii", "ignore").decode("ascii")
        basis = f"def-{re.sub(r'[^a-z0-9]+', '-', ascii_naam.lower()).strip('-')}"
        keren[basis] = keren.get(basis, 0) + 1
        anker = basis if keren[basis] == 1 else f"{basis}-{keren[basis]}"
        uit.append(_Ingang(hoofdstuk, naam, definitie, tuple(leden), anker))
    return uit


def _hoofdstuk(cijfer_id: str) -> str:
    return _HOOFDSTUK.get(cijfer_id.partition(".")[0], _OVERIG)


def _met_noten(rijen: Sequence[_Ingang], eerste: int) -> dict[str, Any]:
    """The entries without the sentences that many have, each with the numbers of its notes instead, and those notes.

    `eerste` is the number of the first note. Sentences that the same entries have are one note. No entry is left with
    notes alone.
    """
    zinnen = [_ZIN.split(rij.definitie) for rij in rijen]
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
        nummers = [str(nummer) for nummer, groep in enumerate(groepen, eerste) if n in groep]
        verwijzing = [f"Zie noot {opsomming(nummers)}."] if nummers else []
        eigen = [zin for zin in delen if zin not in waar]
        uit.append({"naam": rij.naam, "definitie": " ".join((*eigen, *verwijzing)), "anker": rij.anker})
    return {
        "rijen": uit,
        "noten": [
            {"nummer": str(nummer), "tekst": " ".join(zin for zin, plaatsen in waar.items() if plaatsen == groep)}
            for nummer, groep in enumerate(groepen, eerste)
        ],
    }


def _tekst(familie: _Familie, definities: Sequence[str]) -> str:
    """What holds for all members: their definition if it is one, else the words of the family and what they share."""
    if len(set(definities)) < 2:
        return definities[0] if definities else ""
    anderen = [set(_ZIN.split(definitie)) for definitie in definities[1:]]
    zinnen = [zin for zin in _ZIN.split(definities[0]) if all(zin in ander for ander in anderen)]
    return " ".join(([familie.kop] if familie.kop else []) + [zin for zin in zinnen if zin not in familie.kop])
