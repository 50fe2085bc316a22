"""The words that the prose may not hold by itself, by kind, and what to write instead.

Belongs here: the list of words. Not here: how a text is read and judged (prose_lint.py), or which phrases are allowed
nevertheless (`tekst/toegestaan.csv`, each with its reason).

What is on the list: everything by which a sentence says how much, which part, which way or how far. What is not, on
purpose: `een` as an article, `achterstand` and `voorsprong` as names, `laatste`, `samen`, and relations of definition
such as `boven nul` by their preposition.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Woordregel:
    """A kind of word: the pattern of it, why it is refused and what to do instead."""

    soort: str
    patroon: re.Pattern[str]
    hulp: str


def _woorden(soort: str, hulp: str, woorden: str) -> Woordregel:
    """A rule of words between spaces, each a pattern."""
    patroon = rf"(?<!\w)(?:{'|'.join(woorden.split())})(?!\w)"
    return Woordregel(soort, re.compile(patroon, re.IGNORECASE), hulp)


REGELS = (
    _woorden(
        "telwoord",
        'laat het getal uit het register komen: cijfer("...") of woord("...", "gemeente", "gemeenten")',
        r"""
        één ééns? nul geen twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien
        (?:vijf|zes|zeven|acht|negen)tien
        (?:(?:een|één|twee|drie|vier|vijf|zes|zeven|acht|negen)[eë]n)?(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig
        \w*honderd\w* \w*duizend\w* \w*miljoen\w* \w*miljard\w* dozijn tientallen tiental beide allebei paar
        procent procentpunt(?:en)? promille
        """,
    ),
    _woorden(
        "breuk of rangtelwoord",
        'gebruik deel("...") of procent("..."); voor een halfjaar meta.halfjaar',
        r"""
        helft half halve anderhalf anderhalve (?:drie)?kwart (?:een|twee|drie|vier|vijf)derde fractie
        eerste tweede derde vierde vijfde zesde zevende achtste negende tiende \w+tigste
        tweemaal driemaal viermaal \w+voud(?:ig\w*)? dubbele?
        """,
    ),
    _woorden(
        "richting",
        'gebruik verandering("verandering....") of vergelijk("...", "...")',
        r"""
        (?:ge)?stijg\w* gestegen\w* steeg stegen \w*daal\w* \w*dalen\w* \w*daling\w*
        toegenomen toename\w* toe\s?nee?m\w* afgenomen afname\w* af\s?nee?m(?:t|en|end\w*)
        (?:neemt|namen|nam|nemen)(?=[^.!?]*\b(?:toe|af)\b)
        groei\w* gegroeid\w* krimp\w* gekrompen gehalveerd\w* halve(?:er|ring)\w* ver(?:dubbel|drievoudig|viervoudig)\w*
        verbeter\w* verslechter\w* vooruitg[aei]\w* achteruitg[aei]\w* versnel\w* vertraagde vertraagt op\s?schema
        opgelopen oplop\w* loopt\sop liep\sop liepen\sop teruggelopen teruglop\w* ingelopen inhaalslag ingehaald
        gelijk\sgebleven onveranderd stabiel\w* constant
        """,
    ),
    _woorden(
        "grootte",
        'gebruik een hulp die het zelf bepaalt: ongeveer("..."), vergelijk("...", "..."), deel("...")',
        r"""
        meer minder meeste? minste merendeel meerderheid minderheid gros meestal overgrote veel vele weinig
        talrijke? enkele enige sommige verscheidene diverse alle allemaal elke? iedere? iedereen niemand altijd
        nooit nergens overal
        heel hele hoog hoge hogere? hoogste? laag lage lagere? laagste? groot grote grotere? grootste?
        klein kleine kleinere? kleinste? lang lange langere? langste? kort korte kortere? kortste?
        snel snelle snellere? snelste? traag trage tragere? langzaam langzamere? vaak vaker zelden steeds
        nauwelijks amper vrijwel bijna ruime? circa ca\.? ongeveer rond zo[’']n krap slechts liefst
        aanzienlijke? forse? sterke? flinke? lichte? iets behoorlijke? beperkte? enorme?
        record\w* piek\w* dieptepunt\w*
        betere? beste? slechte? slechtere? slechtste? evenveel even gelijk voldoende onvoldoende extra
        hoogstens hooguit minstens minimaal maximaal te\s?kort overschot gemiddelde? doorgaans gewoonlijk
        """,
    ),
)
