"""The judge of the prose: what a text says about figures must come from a helper, or be allowed with a reason.

Belongs here: reading a section as Jinja would, and refusing what cannot be traced. Not here: the words that are refused
(prose_rules.py), the truth of what helpers say (they refuse themselves), Markdown (texts.py).

Refused: every digit; number words, fractions, words of direction and size (prose_rules.py) in the text or in words
given to a helper; a figure that is not in the register; anything in braces but the helpers below; a sign that changes
the figure beside it; letters of other scripts and invisible signs, by which a word could hide. Allowed nevertheless is
what `tekst/toegestaan.csv` lists, and for one period `tekst/<periode>/toegestaan.csv`: phrases and patterns, each with
its reason.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from jinja2 import Environment, TemplateSyntaxError, nodes

from pipeline.core.document.magnitudes import WOORDEN
from pipeline.core.document.prose_rules import REGELS
from pipeline.core.errors import TekstFout

META_WOORDEN = (
    "periode", "jaar", "halfjaar", "halfjaar_volgende", "halfjaar_daarna", "begin", "eind", "peildatum", "briefdatum",
    "laatste_maand",
)  # fmt: skip

# What a helper takes, in order: a figure, an area, words that it prints, a word of rounding, a date, a heading, a key.
_HULP: dict[str, tuple[str, ...]] = {
    "cijfer": ("cijfer", "gebied", "vlag"),
    "absoluut": ("cijfer", "gebied"),
    "heel": ("cijfer", "gebied"),
    "meervoud": ("cijfer", "woorden", "woorden", "gebied"),
    "woord": ("cijfer", "woorden", "woorden", "gebied"),
    "vorm": ("cijfer", "woorden", "woorden", "gebied"),
    "verandering": ("verschil", "verschil", "gebied"),
    "vergeleken": ("verschil", "gebied"),
    "saldo": ("saldo", "gebied"),
    "bruto": ("saldo", "saldo", "gebied"),
    "procent": ("cijfer", "gebied"),
    "deel": ("cijfer", "gebied"),
    "ongeveer": ("cijfer", "afronding", "gebied"),
    "circa": ("cijfer", "gebied"),
    "ruim": ("cijfer", "gebied"),
    "bijna": ("cijfer", "gebied"),
    "vergelijk": ("cijfer", "cijfer", "gebied"),
    "minstens": ("cijfer", "cijfer", "gebied"),
    "datum": ("datum",),
    "naar": ("anker",),
    "toelichting": ("sleutel",),
}
_VRAAG: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("bekend", "is_nul", "is_een", "positief", "negatief"), ("cijfer", "gebied")),
    "toelichting": ("sleutel",),
}
_OP_NAAM = {"gebied": "gebied", "woord": "afronding", "procent_id": "verschil", "teken": "vlag"}
# A helper that speaks of a direction gets a figure that is one; the name says so.
_PAST = {
    "verschil": re.compile(r"verandering|verschil"),
    "saldo": re.compile(r"saldo|achterstand|voorsprong"),
}

# Stand in the place of what Jinja fills in: a value, and a tag without text of its own.
_WAARDE, _TAG = "\ufffc", "\ufffb"
_OPEN = {"variable_begin": _WAARDE, "block_begin": _TAG, "comment_begin": _TAG}
_SLUIT = {"variable_end", "block_end", "comment_end"}
_OPMAAK = re.compile(r"[*_`~\\]")
_VAST_AAN_WAARDE = (
    (
        re.compile(rf"(?<=[^\W_])[{_WAARDE}{_TAG}]|[{_WAARDE}{_TAG}](?=[^\W_])"),
        "staat vast aan een woord; zet een spatie tussen woord en accolades",
    ),
    (
        re.compile(rf"{_WAARDE}{_TAG}*[.,'’]?{_TAG}*{_WAARDE}"),
        "zijn twee waarden aan elkaar; zet er een spatie of een woord tussen",
    ),
    (
        re.compile(rf"[-−–+±]{_WAARDE}"),
        "verandert het teken van een cijfer; gebruik cijfer(..., teken=true) of saldo()",
    ),
    (re.compile(r"[%‰€$]"), "is een eenheid die geen hulp gaf; gebruik procent() of cijfer()"),
)


@dataclass(frozen=True)
class Bevinding:
    """One thing that may not stand in a text: where, what, why, and what to do about it."""

    bestand: str
    regel: int
    gevonden: str
    waarom: str

    def __str__(self) -> str:
        return f"{self.bestand}, regel {self.regel}: {self.gevonden!r} {self.waarom}"


@dataclass(frozen=True)
class Toegestaan:
    """One row of the allow-list: the pattern of a phrase and the reason why it may stand there."""

    tekst: str
    patroon: re.Pattern[str]
    reden: str


def lees_toegestaan(tekstmap: Path, periode: str | None = None) -> tuple[Toegestaan, ...]:
    """The allow-list of every text, and that of the period's own texts when there is one.

    Columns soort (`zin` a literal phrase, `patroon` a regular expression), tekst, reden. TekstFout for a row without
    reason and for a `zin` of one word: that would allow the word everywhere.
    """
    rijen: list[Toegestaan] = []
    for map_ in (tekstmap, tekstmap / periode) if periode else (tekstmap,):
        pad = map_ / "toegestaan.csv"
        if not pad.is_file():
            continue
        with pad.open(encoding="utf-8", newline="") as stroom:
            for nummer, rij in enumerate(csv.DictReader(stroom, delimiter=";"), 2):
                rijen.append(_toegestaan(rij, f"{pad.parent.name}/{pad.name}, regel {nummer}"))
    return tuple(dict.fromkeys(rijen))


def _toegestaan(rij: dict[str, str | None], waar: str) -> Toegestaan:
    soort, tekst, reden = ((rij.get(kolom) or "").strip() for kolom in ("soort", "tekst", "reden"))
    if soort not in ("zin", "patroon") or not tekst or not reden:
        raise TekstFout(f"{waar}: nodig zijn soort (zin of patroon), tekst en reden")
    if soort == "zin":
        if len(tekst.split()) < 2:
            raise TekstFout(f"{waar}: {tekst!r} is één woord en zou overal mogen; neem de woorden eromheen mee")
        vorm = r"\s+".join(re.escape(woord) for woord in tekst.split())
    else:
        vorm = tekst
    try:
        return Toegestaan(tekst, re.compile(rf"(?<!\w)(?:{vorm})(?!\w)", re.IGNORECASE), reden)
    except re.error as fout:
        raise TekstFout(f"{waar}: {tekst!r} is geen goed patroon: {fout}") from fout


def beoordeel(
    bestand: str,
    bron: str,
    omgeving: Environment,
    toegestaan: tuple[Toegestaan, ...],
    bestaat: Callable[[str], bool],
) -> list[Bevinding]:
    """All findings in one section, in order of line. `bron` stands on its own lines; `bestaat` knows the figures."""
    try:
        boom = omgeving.parse(bron)
        stromen = [_gelezen(bron, omgeving)]
    except TemplateSyntaxError as fout:
        return [Bevinding(bestand, fout.lineno, "{{ of {%", f"is niet te lezen: {fout.message}")]
    gevonden: list[tuple[int, str, str]] = []
    for regel, wat, waarom, woorden in _uitdrukkingen(boom, bestaat):
        if waarom:
            gevonden.append((regel, wat, waarom))
        if woorden:
            stromen.append(_Stroom(woorden, ((0, regel),)))
    for stroom in stromen:
        gevonden += _woorden(stroom, toegestaan)
    return [Bevinding(bestand, *rest) for rest in sorted(gevonden)]


def cijfers_in(bron: str, omgeving: Environment) -> set[str]:
    """The ids of the figures that a text asks for, in every branch."""
    return {
        str(argument.value)
        for aanroep in omgeving.parse(bron).find_all(nodes.Call)
        for argument, soort in _argumenten(aanroep)
        if soort in ("cijfer", "verschil", "saldo") and isinstance(argument, nodes.Const) and argument.value
    }


@dataclass(frozen=True)
class _Stroom:
    """Running text with, per place where it jumps, the line of its file."""

    tekst: str
    sprongen: tuple[tuple[int, int], ...]

    def regel(self, plaats: int) -> int:
        begin, regel = max(sprong for sprong in self.sprongen if sprong[0] <= plaats)
        return regel + self.tekst.count("\n", begin, plaats)


def _gelezen(bron: str, omgeving: Environment) -> _Stroom:
    """The text as it will be read, with one sign for each pair of braces."""
    delen: list[str] = []
    sprongen: list[tuple[int, int]] = [(0, 1)]
    lengte, binnen = 0, False
    for regel, soort, waarde in omgeving.lex(bron):
        if soort in _OPEN:
            binnen, deel = True, _OPEN[soort]
        elif soort in _SLUIT:
            binnen, deel = False, "\n" if waarde.endswith("\n") else ""
        elif soort == "data":
            deel = waarde
        else:
            deel = "" if binnen else waarde
        if deel:
            sprongen.append((lengte, regel))
        delen.append(deel)
        lengte += len(deel)
    return _Stroom("".join(delen), tuple(sprongen))


def _woorden(stroom: _Stroom, toegestaan: tuple[Toegestaan, ...]) -> Iterator[tuple[int, str, str]]:
    """Digits, refused words and hidden signs in running text, after what is allowed has been taken out."""
    for plaats, teken in enumerate(stroom.tekst):
        if _vreemd(teken):
            naam = unicodedata.name(teken, f"U+{ord(teken):04X}")
            yield stroom.regel(plaats), naam, "is geen teken voor Nederlandse tekst; haal het weg"
    # Signs of markup do not show: a word with one in it is read, and judged, as the word without.
    plaatsen = [plaats for plaats, teken in enumerate(stroom.tekst) if not _OPMAAK.match(teken)]
    tekst = "".join(stroom.tekst[plaats] for plaats in plaatsen)
    for rij in toegestaan:
        tekst = rij.patroon.sub(lambda treffer: re.sub(r"\S", " ", treffer[0]), tekst)
    for treffer in re.finditer(r"[^\s]*?(\d[\d.,]*)", _cijfertekens(tekst)):
        yield (
            stroom.regel(plaatsen[treffer.start(1)]),
            tekst[treffer.start(1) : treffer.end(1)],
            'komt niet uit het register; schrijf cijfer("..."), meta.peildatum of datum("2016-09-29"), '
            "of zet een vaste tekst met haar reden in tekst/toegestaan.csv",
        )
    for regel in REGELS:
        for treffer in regel.patroon.finditer(tekst):
            waarom = f"({regel.soort}) komt niet van een hulp; {regel.hulp}, of laat het weg"
            yield stroom.regel(plaatsen[treffer.start()]), treffer[0], waarom
    for patroon, waarom in _VAST_AAN_WAARDE:
        for treffer in patroon.finditer(tekst):
            begin = max(0, treffer.start() - 12)
            stuk = re.sub(f"[{_WAARDE}{_TAG}]", "{…}", tekst[begin : treffer.end() + 8]).strip()
            yield stroom.regel(plaatsen[treffer.start()]), stuk, waarom


def _cijfertekens(tekst: str) -> str:
    """Every sign that Unicode counts as a number (½, ², Ⅳ) as a digit."""
    return "".join("0" if unicodedata.category(teken).startswith("N") else teken for teken in tekst)


@cache
def _vreemd(teken: str) -> bool:
    """A letter that is not Latin, or a sign that does not show."""
    if teken in (_WAARDE, _TAG, "\n"):
        return False
    soort = unicodedata.category(teken)
    if soort.startswith("L"):
        return not unicodedata.name(teken, "").startswith("LATIN")
    return soort in ("Cc", "Cf", "Co", "Cn", "Cs", "Mn", "Me")


def _uitdrukkingen(boom: nodes.Template, bestaat: Callable[[str], bool]) -> Iterator[tuple[int, str, str, str]]:
    """Per expression what is wrong with it, and the words in it that will be printed: (line, what, why, words)."""
    for knoop in boom.body:
        yield from _knoop(knoop, bestaat)


def _knoop(knoop: nodes.Node, bestaat: Callable[[str], bool]) -> Iterator[tuple[int, str, str, str]]:
    if isinstance(knoop, nodes.Output):
        for deel in knoop.nodes:
            if not isinstance(deel, nodes.TemplateData):
                yield from _waarde(deel, bestaat)
    elif isinstance(knoop, nodes.If):
        yield from _vraag(cast("nodes.Expr", knoop.test), bestaat)
        for tak in (*knoop.body, *knoop.elif_, *knoop.else_):
            yield from _knoop(tak, bestaat)
    else:
        yield knoop.lineno, f"{{% {type(knoop).__name__.lower()} %}}", "mag niet in een tekst; alleen {% if %}", ""


def _waarde(knoop: nodes.Expr, bestaat: Callable[[str], bool]) -> Iterator[tuple[int, str, str, str]]:
    """An expression that is printed: a helper, a date of meta, or a choice between words."""
    if isinstance(knoop, nodes.Call):
        yield from _aanroep(knoop, _HULP, bestaat)
    elif isinstance(knoop, nodes.Getattr) and isinstance(knoop.node, nodes.Name) and knoop.node.name == "meta":
        if knoop.attr not in META_WOORDEN:
            yield knoop.lineno, f"meta.{knoop.attr}", f"is er niet; kies uit {', '.join(META_WOORDEN)}", ""
    elif isinstance(knoop, nodes.Filter) and knoop.name == "hoofdletter" and knoop.node is not None and not knoop.args:
        yield from _waarde(knoop.node, bestaat)
    elif isinstance(knoop, nodes.CondExpr) and knoop.expr2 is not None:
        yield from _vraag(knoop.test, bestaat)
        for keuze in (knoop.expr1, knoop.expr2):
            if isinstance(keuze, nodes.Const) and isinstance(keuze.value, str):
                yield knoop.lineno, "", "", keuze.value
            else:
                yield from _waarde(keuze, bestaat)
    else:
        yield knoop.lineno, _naam(knoop), "mag niet tussen accolades; alleen een hulp, meta, of een keuze met if", ""


def _vraag(knoop: nodes.Expr, bestaat: Callable[[str], bool]) -> Iterator[tuple[int, str, str, str]]:
    """A condition: questions to the register, joined with and, or, not."""
    if isinstance(knoop, nodes.And | nodes.Or):
        yield from _vraag(knoop.left, bestaat)
        yield from _vraag(knoop.right, bestaat)
    elif isinstance(knoop, nodes.Not):
        yield from _vraag(knoop.node, bestaat)
    elif isinstance(knoop, nodes.Call):
        yield from _aanroep(knoop, _VRAAG, bestaat)
    else:
        yield knoop.lineno, _naam(knoop), f"is geen vraag aan het register; kies uit {', '.join(_VRAAG)}", ""


def _aanroep(
    aanroep: nodes.Call, hulpen: dict[str, tuple[str, ...]], bestaat: Callable[[str], bool]
) -> Iterator[tuple[int, str, str, str]]:
    naam = _naam(aanroep)
    if naam not in hulpen:
        yield aanroep.lineno, f"{naam}()", f"is hier geen hulp; kies uit {', '.join(hulpen)}", ""
        return
    for argument, soort in _argumenten(aanroep):
        if not isinstance(argument, nodes.Const) or not soort:
            yield aanroep.lineno, f"{naam}()", "krijgt iets anders dan vaste woorden tussen aanhalingstekens", ""
            continue
        waarde = argument.value
        if soort == "woorden":
            yield aanroep.lineno, "", "", str(waarde)
        elif waarom := _past_niet(soort, waarde, bestaat):
            yield aanroep.lineno, str(waarde), waarom, ""


def _argumenten(aanroep: nodes.Call) -> Iterator[tuple[nodes.Expr, str]]:
    """Each argument of a helper with what it stands for; '' for one that the helper does not have."""
    soorten = (_HULP | _VRAAG).get(_naam(aanroep), ())
    for plaats, argument in enumerate(aanroep.args):
        yield argument, soorten[plaats] if plaats < len(soorten) else ""
    for op_naam in aanroep.kwargs:
        soort = _OP_NAAM.get(op_naam.key, "")
        yield op_naam.value, soort if soort in soorten else ""
    for rest in (aanroep.dyn_args, aanroep.dyn_kwargs):
        if rest is not None:
            yield rest, ""


def _past_niet(soort: str, waarde: object, bestaat: Callable[[str], bool]) -> str:
    """Why this value may not stand in this place; '' when it may."""
    if soort == "vlag":
        return "" if isinstance(waarde, bool) else "is geen true of false"
    if soort == "afronding":
        return "" if waarde in WOORDEN else f"is geen woord om mee af te ronden; kies uit {', '.join(WOORDEN)}"
    if not isinstance(waarde, str):
        return "is geen naam tussen aanhalingstekens"
    if soort in ("cijfer", "verschil", "saldo"):
        if not bestaat(waarde):
            return "staat niet in het register; kijk in de definities of de naam klopt"
        if soort in _PAST and not _PAST[soort].search(waarde):
            return f"is geen {soort}; deze hulp zegt welke kant het op gaat"
    return ""


def _naam(knoop: nodes.Node) -> str:
    if isinstance(knoop, nodes.Call):
        return _naam(knoop.node)
    return str(getattr(knoop, "name", None) or getattr(knoop, "value", None) or type(knoop).__name__)
