"""The form of one correction: which keys it has, which go together, and what is said when they do not.

Belongs here: judging one block of `correcties.toml` before it means anything. Not here: applying it (corrections.py).
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from pipeline.core.intake.findings import quoted, shown_value
from pipeline.core.intake.pseudonyms import masked

_SHORTEST_REASON = 10


def problems(
    item: Mapping[str, object],
    extracten: Collection[str],
    keys: Collection[str],
    acties: Collection[str],
    statussen: Collection[str],
    briefdatum: date,
) -> list[str]:
    """Everything wrong with one correction, in Dutch; empty when it can be used."""
    return [
        *_names(item, extracten, keys, acties, statussen),
        *_where(item),
        *_action(item),
        *_expected(item),
        *_account(item, briefdatum),
    ]


def _names(
    item: Mapping[str, object],
    extracten: Collection[str],
    keys: Collection[str],
    acties: Collection[str],
    statussen: Collection[str],
) -> list[str]:
    found = [
        f"onbekend veld {quoted(_shown(name))}; bekend zijn {_list(keys)}." for name in sorted(set(item) - set(keys))
    ]
    for name, known in (("extract", extracten), ("actie", acties), ("status", statussen)):
        value = item.get(name)
        if value is None:
            found.append(f"het veld {quoted(name)} ontbreekt; kies uit {_list(known)}.")
        elif value not in known:
            found.append(f"{quoted(_shown(value))} is geen {name}; kies uit {_list(known)}.")
    return found


def _where(item: Mapping[str, object]) -> list[str]:
    waar = item.get("waar")
    if not isinstance(waar, dict) or not waar:
        return ["het veld 'waar' ontbreekt; noem de kolommen en waarden waaraan de rij te herkennen is."]
    found = [f"{quoted(_shown(name))} in 'waar' heeft geen enkele waarde." for name in waar if not _is_cell(waar[name])]
    if "regel" in waar:
        if not _is_count(waar["regel"]) or waar["regel"] < 1:
            found.append("'regel' in 'waar' is het nummer van een regel, vanaf 1.")
        elif "bestand" not in waar:
            found.append("'regel' in 'waar' kan niet zonder 'bestand'.")
    if "bestand" in waar and not isinstance(waar["bestand"], str):
        found.append("'bestand' in 'waar' is de naam van een bestand in de levering.")
    if not set(waar) - {"bestand"}:
        found.append("'waar' noemt alleen een bestand; noem ook de kolommen en waarden waaraan de rij te herkennen is.")
    return found


def _action(item: Mapping[str, object]) -> list[str]:
    actie, kolom, nieuw = item.get("actie"), item.get("kolom"), item.get("nieuw")
    waar = item.get("waar")
    if kolom is not None and (not isinstance(kolom, str) or not kolom):
        return ["'kolom' is de naam van een kolom."]
    if actie == "wijzig":
        wrong = kolom is None or not _is_cell(nieuw)
        return ["wijzig vraagt om 'kolom' en 'nieuw', de waarde die er moet staan."] if wrong else []
    if actie == "verwijder":
        return ["verwijder heeft geen 'nieuw'."] if nieuw is not None else []
    if actie == "voeg_toe":
        row = isinstance(nieuw, dict) and bool(nieuw) and all(_is_cell(value) for value in nieuw.values())
        if not row or kolom is not None:
            return ["voeg_toe vraagt om 'nieuw' als tabel van kolom = waarde, zonder 'kolom'."]
        if isinstance(waar, dict) and "regel" in waar:
            return ["voeg_toe heeft geen 'regel' in 'waar'."]
        return _key_in_row(waar, nieuw)
    return []


def _key_in_row(waar: object, nieuw: object) -> list[str]:
    """An added row must be the row that was looked for and not found, or its guard guards nothing."""
    if not isinstance(waar, dict) or not isinstance(nieuw, dict):
        return []
    off = [name for name in waar if name != "bestand" and nieuw.get(name) != waar[name]]
    return [f"{quoted(_shown(name))} in 'waar' is anders dan in 'nieuw'." for name in off]


def _expected(item: Mapping[str, object]) -> list[str]:
    verwacht, actie = item.get("verwacht"), item.get("actie")
    if verwacht is None:
        return ["het veld 'verwacht' ontbreekt; noem de waarde die er nu staat."] if actie != "voeg_toe" else []
    if not isinstance(verwacht, dict) or set(verwacht) - {"waarde", "rijen"} or not verwacht:
        return ["'verwacht' is een tabel met 'waarde' (wat er nu staat) en 'rijen' (hoeveel)."]
    found: list[str] = []
    rijen = verwacht.get("rijen", 0 if actie == "voeg_toe" else 1)
    if not _is_count(rijen) or (rijen != 0 if actie == "voeg_toe" else rijen < 1):
        found.append("'rijen' in 'verwacht' is een aantal vanaf 1, bij voeg_toe 0.")
    if "waarde" in verwacht and not _is_cell(verwacht["waarde"]):
        found.append("'waarde' in 'verwacht' is één waarde.")
    if actie == "wijzig" and "waarde" not in verwacht:
        found.append("wijzig vraagt om 'waarde' in 'verwacht': wat er nu staat.")
    if "waarde" in verwacht and item.get("kolom") is None:
        found.append("'waarde' in 'verwacht' kan niet zonder 'kolom'.")
    return found


def _account(item: Mapping[str, object], briefdatum: date) -> list[str]:
    found: list[str] = []
    reden = item.get("reden")
    if not isinstance(reden, str) or len(reden.strip()) < _SHORTEST_REASON:
        found.append(f"het veld 'reden' ontbreekt of is korter dan {_SHORTEST_REASON} tekens; schrijf waarom.")
    if not _is_day(item.get("gemeld_op")):
        found.append("het veld 'gemeld_op' ontbreekt of is geen datum; schrijf bijvoorbeeld 2016-07-12.")
    elif (day := date.fromisoformat(str(item["gemeld_op"]))) > briefdatum:
        found.append(
            f"'gemeld_op' is {day}, na de briefdatum {briefdatum}; verbeter de datum, of noem een latere briefdatum."
        )
    return found


def _is_day(value: object) -> bool:
    if isinstance(value, datetime):
        return False
    if isinstance(value, date):
        return True
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_cell(value: object) -> bool:
    return isinstance(value, str | date) or _is_count(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _shown(value: object) -> str:
    return shown_value(masked(str(value)))


def _list(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
