"""The words that the prose may not hold by itself, by kind, and what to write instead.

Belongs here: the list of words. Not here: how a text is read and judged (prose_lint.py), or which phrases are allowed
nevertheless (`tekst/toegestaan.csv`, each with its reason).

What is on the list: everything by which a sentence says how much, which part, which way or how far. What is not, on
purpose: `een` as an article, `achterstand` and `voorsprong` as names, `laatste`, `samen`, and relations of definition
such as `boven nul` by their preposition.
"""

import re
from dataclasses import dataclass

_EENHEDEN = r"(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)"
_TIENTALLEN = r"(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"


@dataclass(frozen=True)
class Woordregel:
    """A kind of word: the pattern of it, why it is refused and what to do instead."""

    soort: str
    patroon: re.Pattern[str]
    hulp: str


def _woorden(soort: str, hulp: str, *woorden: str) -> Woordregel:
    return Woordregel(soort, re.compile(rf"(?<!\w)(?:{'|'.join(woorden)})(?!\w)", re.IGNORECASE), hulp)


REGELS = (
    _woorden(
        "telwoord",
        'laat het getal uit het register komen: cijfer("...") of woord("...", "gemeente", "gemeenten")',
        "één", "ééns?", "eens zoveel", "nul", "geen", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien",
        "elf", "twaalf", "dertien", "veertien", "(?:vijf|zes|zeven|acht|negen)tien",
        rf"(?:{_EENHEDEN}[eë]n)?{_TIENTALLEN}",
        r"\w*honderd\w*", r"\w*duizend\w*", r"\w*miljoen\w*", r"\w*miljard\w*",
        "dozijn", r"tientallen|tiental", "beide", "allebei", "paar", "procent", "procentpunt(?:en)?", "promille",
    ),
    _woorden(
        "breuk of rangtelwoord",
        'gebruik deel("...") of procent("..."); voor een halfjaar meta.halfjaar',
        "helft", "half", "halve", "anderhalf", "anderhalve", r"(?:drie)?kwart", "eerste", "tweede", "derde", "vierde", "vijfde",
        "zesde", "zevende", "achtste", "negende", "tiende", r"(?:twee|drie|vier|vijf)derde", r"\w+tigste",
        r"eenderde", r"tweemaal|driemaal|viermaal", r"\w+voud(?:ig\w*)?", "dubbele?",
    ),
    _woorden(
        "richting",
        'gebruik verandering("verandering....") of vergelijk("...", "...")',
        r"(?:ge)?stijg\w*", r"gestegen\w*", "steeg", "stegen", r"\w*daal\w*", r"\w*dalen\w*", r"\w*daling\w*",
        r"toegenomen", r"toename\w*", r"afgenomen", r"afname\w*", r"toe ?ne(?:e)?m\w*", r"af ?ne(?:e)?m(?:t|en|end\w*)",
        r"(?:neemt|namen|nam|nemen)(?=[^.!?]*\b(?:toe|af)\b)",
        r"groei\w*", r"gegroeid\w*", r"krimp\w*", r"gekrompen", r"ver(?:dubbel|drievoudig|viervoudig)\w*", r"gehalveerd\w*",
        r"halve(?:er|ring)\w*", r"verbeter\w*", r"verslechter\w*", r"vooruitgegaan|vooruitgang|vooruitging\w*",
        r"achteruitgegaan|achteruitgang|achteruitging\w*", r"opgelopen|oplop\w*|loopt op|liep op|liepen op",
        r"teruggelopen|teruglop\w*|ingelopen|inhaalslag|ingehaald", r"gelijk gebleven|onveranderd|stabiel\w*|constant",
        r"versnel\w*", r"vertraagde|vertraagt", r"op ?schema",
    ),
    _woorden(
        "grootte",
        'gebruik een hulp die het zelf bepaalt: ongeveer("..."), vergelijk("...", "..."), deel("..."), meervoud("...", ...)',
        "meer", "minder", "meeste?", "minste", "merendeel", "meerderheid", "minderheid", "gros", "meestal", "overgrote",
        "veel", "vele", "weinig", "talrijke?", "enkele", "enige", "sommige", "verscheidene", "diverse", "alle", "allemaal", "elke?",
        "iedere?", "iedereen", "niemand", "nergens", "overal", "heel", "hele",
        r"hogere?", r"lagere?", r"hoogste?", r"laagste?", "hoog", "hoge", "laag", "lage", "groot", "grote", "groter(?:e)?", r"grootste?", "klein", "kleine",
        "kleiner(?:e)?", r"kleinste?", "lang", "lange", "langer(?:e)?", r"langste?", "kort", "korte", "korter(?:e)?", r"kortste?",
        "snel", "snelle", "sneller(?:e)?", "snelste?", "traag", "trage", "trager(?:e)?", "langzaam", "langzamer", "vaak", "vaker",
        "zelden", "steeds", "nauwelijks", "amper", "vrijwel", "bijna", "ruim", "ruime", "circa", r"ca\.?", "ongeveer", "rond", "zo’n", "zo'n", "krap",
        "aanzienlijke?", "forse?", "sterke?", "flinke?", "lichte?", "iets", "behoorlijke?", "beperkte?", "slechts", "liefst", "enorme?",
        "fractie", "record\\w*", "piek\\w*", "dieptepunt\\w*", "betere?", "beste?", "slechte?", "slechtere?", "slechtste?",
        "evenveel", "even", "gelijk", "voldoende", "onvoldoende", "extra", "hoogstens", "hooguit", "minstens", "minimaal", "maximaal",
        "tekort", "te ?kort", "overschot", "gemiddelde?", "doorgaans", "gewoonlijk",
    ),
)  # fmt: skip
