"""Reads a document back and finds, for every number in it, the figure and the area that it is.

Belongs here: matching what stands on the pages with what the templates printed (pipeline/core/document/trace.py), in
the order of reading; whether the heads of a cell are those of its figure and area; and the numbers that are no figure
at all, by kind. Not here: reading PDFs (pdftekst.py, tagboom.py).

A number that nobody printed and that is of no kind is an error, and so is a print that is not where it must be: then
two cells changed places, or a page says something that no register knows.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

from pipeline.core.document.dutch import MAANDEN, NIET_VAN_TOEPASSING, format_cijfer
from pipeline.core.document.prose import heel
from pipeline.core.document.trace import Gedrukt, Spoorbron
from tests.document.pdftekst import Pdf
from tests.document.tagboom import Tag, lees_tags

GETAL = re.compile(r"[−+]?\d+(?:\.\d{3})*(?:,\d+)?%?|n\.v\.t\.")
_MAAND = "|".join(MAANDEN)
_BEELD = "Figure"
_KOPPEN = frozenset(("H2", "H3", "H4"))
# Numbers that are no figure of the register: kind, pattern, and the tags in which it holds (none: anywhere).
SOORTEN: tuple[tuple[str, str, frozenset[str]], ...] = (
    (
        "datum",
        rf"\b\d{{1,2}} (?:{_MAAND})(?: \d{{4}})?|\b\d{{1,2}}-\d{{1,2}}-\d{{4}}|\b(?:19|20)\d\d-I{{1,2}}\b|"
        r"(?i:(?:eerste|tweede) halfjaar(?: van)? \d{4})|(?:indeling|Gemeentegrenzen) (?:is die )?van \d{4}",
        frozenset(),
    ),
    ("ecli", r"ECLI:[A-Z]+:[A-Z]+:\d{4}:[A-Z0-9]+", frozenset()),
    (
        "artikel",
        r"(?i:art(?:ikel(?:en)?|\.) ?\d+(?:,? (?:en|tot en met|lid) \d+)*)|"
        r"(?:Huisvestings|Vreemdelingen)wet \d{4}|Kamerstukk?(?:en)?(?: I{1,2})? \d{4}/\d{2},? \d{5}",
        frozenset(),
    ),
    ("nummering", r"^\d+(?:\.\d+)? |^[A-Z]\.\d+ ", _KOPPEN),
    ("nummering", r"^(?:Tabel|Figuur) \d+ ", frozenset(("Caption", "P"))),
    (
        "nummering",
        r"(?:hoofdstuk|paragraaf) \d+(?:\.\d+)? \(|bijlage [A-Z]\.\d+ \(|[Nn]oot \d+(?:(?:, | en )\d+)*",
        frozenset(),
    ),
    ("maat", r"(?i:per\s100\.000)|CC BY 4\.0|A4", frozenset()),
    ("klasse", r"\d+ (?:t/m|tot en met) \d+ weken|meer dan \d+ weken", frozenset(("TH", "P", _BEELD))),
    ("adres", r"Postbus \d+|\b\d{4} [A-Z]{2}\b", frozenset()),
    ("keuze", r"^De \d+ gemeenten met de grootste taakstelling$", _KOPPEN),
    ("methode", r"\b95 procent|laatste vier halfjaren", frozenset()),
)
# What is written along the axes of a chart, as a whole text, where the axis is drawn by hand.
ASSEN: dict[str, str] = {"curve": r"\d{1,3}%|\d{1,2}", "curves": r"\d{1,3}%|\d{1,2}", "provincies": "100%"}
# Parts of which the numbers are facts about the document and its delivery, or fixed words of a definition.
DELEN: dict[str, str] = {
    "Definities van de cijfers": "definitie",
    "Woorden": "definitie",
    "Geleverde bestanden": "verslag",
    "Bevindingen bij het inlezen": "verslag",
    "Correcties": "verslag",
    "Referentiegegevens": "verslag",
    "Controles": "verslag",
    "Gegevens in deze PDF": "verslag",
    "Programma": "verslag",
}
VOORWERK = "voorwerk"
"""Cover, colofon and contents: dates, the number of the edition, numbers of pages and chapters."""
# Cells whose column holds another figure in every row: no head can lead to each of them.
KOP_VAN_MEER = re.compile(
    r"norm\.\w+|vergunning\.\w+_huishoudens|ind\.(opvang|geplaatst)_(gelijk|ingetrokken)|controle\.adams_gelijk|"
    r"opvang\.(begin|instroom|afgemeld|anders_vertrokken|totaal|afgemeld_buiten_opvang)"
)
# What a number in the place of another costs, and one that is too many or missing; how much worse than the best a way
# may be while it is followed.
_ANDERS, _LOS, _SPELING = 2, 3, 12
_BLOK = frozenset(("P", "H1", "H2", "H3", "H4", "LBody", "TH", "TD", "Caption"))
_NESTEN = _BLOK | {"L", "Table", "Figure"}


@dataclass(frozen=True)
class Getal:
    """One number as it is read: page, the text around it, itself, of which kind it may be ('' for none), its cell."""

    pagina: int
    omgeving: str
    tekst: str
    soort: str
    cel: Tag | None


@dataclass(frozen=True)
class Fout:
    """A number that is not matched, or a figure that was printed and is not there."""

    pagina: int
    tekst: str
    uitleg: str

    def __str__(self) -> str:
        return f"bladzijde {self.pagina}: {self.tekst}: {self.uitleg}"


@dataclass(frozen=True)
class Herleid:
    """What came of it: the numbers with their print (None: a number of its kind), the errors."""

    getallen: tuple[tuple[Getal, Gedrukt | None], ...]
    fouten: tuple[Fout, ...]

    @property
    def cijfers(self) -> int:
        """How many numbers are figures of the register."""
        return sum(gedrukt is not None for _, gedrukt in self.getallen)

    @property
    def soorten(self) -> Counter[str]:
        """How many numbers there are of each kind of the allow-list."""
        return Counter(getal.soort for getal, gedrukt in self.getallen if gedrukt is None)


def herleid(getallen: Sequence[Getal], spoor: Sequence[Gedrukt]) -> Herleid:
    """Match the numbers in reading order with the prints in theirs, with as few errors as there can be.

    A number of a kind may also be a print: all ways are followed at once, and of each state the one with the fewest
    errors. Ways that are more than a few errors worse than the best are given up.
    """
    prints = [(gedrukt, tekst) for gedrukt in spoor for tekst in GETAL.findall(gedrukt.tekst)]
    # Per number of prints used so far: the cost of the errors, and the steps as a chain.
    front: dict[int, tuple[int, Any]] = {0: (0, None)}
    for getal in getallen:
        for n in range(min(front), min(max(front) + _SPELING // _LOS, len(prints))):
            if n in front:
                _beter(front, n + 1, front[n], _LOS, (None, n))
        verder: dict[int, tuple[int, Any]] = {}
        for n, stand in front.items():
            if n < len(prints):
                gelijk = prints[n][1] == getal.tekst
                _beter(verder, n + 1, stand, 0 if gelijk else 2 * _LOS if getal.soort else _ANDERS, (getal, n))
            _beter(verder, n, stand, 0 if getal.soort else _LOS, (getal, None))
        best = min(fouten for fouten, _ in verder.values())
        front = {n: stand for n, stand in verder.items() if stand[0] <= best + _SPELING}
    einde = min(front, key=lambda n: (front[n][0] + _LOS * (len(prints) - n), -n))
    return _uitkomst(front[einde][1], prints, einde)


def _beter(front: dict[int, tuple[int, Any]], n: int, van: tuple[int, Any], kosten: int, stap: Any) -> None:
    """Take this step to `n` when no cheaper way leads there."""
    if n not in front or van[0] + kosten < front[n][0]:
        front[n] = (van[0] + kosten, (van[1], stap))


def _uitkomst(weg: Any, prints: Sequence[tuple[Gedrukt, str]], einde: int) -> Herleid:
    """The steps of a way as pairs and errors. A step is a number with a print, a number alone, or a print alone."""
    stappen = []
    while weg is not None:
        weg, stap = weg
        stappen.append(stap)
    paren: list[tuple[Getal, Gedrukt | None]] = []
    fouten: list[Fout] = []
    for getal, n in reversed(stappen):
        gedrukt, tekst = (None, None) if n is None else prints[n]
        if getal is None:
            fouten.append(_ontbreekt(prints[n], paren[-1][0].pagina if paren else 1))
            continue
        goed = getal.tekst == tekst
        paren.append((getal, gedrukt if goed else None))
        if not goed and (gedrukt is not None or not getal.soort):
            verwacht = "niets" if gedrukt is None else f"{tekst} ({_namen(gedrukt)})"
            fouten.append(Fout(getal.pagina, getal.omgeving, f"{getal.tekst} hoort hier niet; verwacht was {verwacht}"))
    laatste = paren[-1][0].pagina if paren else 1
    return Herleid(tuple(paren), (*fouten, *(_ontbreekt(een, laatste) for een in prints[einde:])))


def _ontbreekt(een: tuple[Gedrukt, str], pagina: int) -> Fout:
    return Fout(pagina, een[1], f"is gedrukt ({_namen(een[0])}), maar staat daar niet")


def _namen(gedrukt: Gedrukt) -> str:
    return ", ".join(f"{cijfer_id} {gebied}" for cijfer_id, gebied in dict.fromkeys(gedrukt.cijfers))


def lees_getallen(pdf: Pdf, klassen: Iterable[str] = ()) -> list[Getal]:
    """All numbers of a PDF in the order of its tag tree, but for those in charts; nothing may be left unread.

    `klassen` are the names of classes that stand as heads: 3 of 4 personen.
    """
    namen = set(klassen)
    boom = lees_tags(pdf)
    paginas = {page.obj.objgen: nummer for nummer, page in enumerate(pdf.pike.pages, 1)}
    kop = deel = ""
    gevonden: list[Getal] = []
    for tag in _blokken(boom):
        if tag.soort == "H2":
            kop, deel = tag.tekst, ""
        elif tag.soort == "H3":
            deel = re.sub(r"^[A-Z\d]+\.\d+ ", "", tag.tekst)
        streek = DELEN.get(deel, "") if kop else VOORWERK
        if tag.soort == "TH" and tag.tekst.removeprefix("Huishouden van ") in namen:
            streek = "klasse"
        gevonden += _uit_tekst(tag.tekst, streek, paginas[tag.pike["/Pg"].objgen], tag.soort, tag)
    in_beeld = Counter(tekst for figuur in boom.alle("Figure") for tekst in GETAL.findall(figuur.tekst))
    assert Counter(getal.tekst for getal in gevonden) + in_beeld == Counter(GETAL.findall(boom.tekst))
    return gevonden


def _blokken(tag: Tag) -> Iterator[Tag]:
    """The smallest blocks with text, in reading order; an inline tag beside a block (an entry of the contents) too."""
    if tag.soort == "Figure":
        return
    if not any(kind.soort in _NESTEN for onder in tag.kinderen for kind in onder.alle()):
        yield tag
        return
    for kind in tag.kinderen:
        yield from _blokken(kind)


def lees_alineas(alineas: Iterable[str]) -> list[Getal]:
    """The numbers of a text of paragraphs; a no-break space is a space, as in a PDF that is read back."""
    return [
        getal
        for nummer, alinea in enumerate(alineas, 1)
        for getal in _uit_tekst(alinea.replace("\u00a0", " "), "", nummer, "P")
    ]


def _uit_tekst(tekst: str, streek: str, pagina: int, plaats: str, tag: Tag | None = None) -> Iterator[Getal]:
    cel = tag if plaats == "TD" else None
    plaatsen = [
        (soort, match.span())
        for soort, patroon, tags in SOORTEN
        if not tags or plaats in tags
        for match in re.finditer(patroon, tekst)
    ]
    for match in GETAL.finditer(tekst):
        soort = streek or next(
            (soort for soort, (van, tot) in plaatsen if van <= match.start() and match.end() <= tot), ""
        )
        if match[0] == NIET_VAN_TOEPASSING and cel is None:
            soort = soort or NIET_VAN_TOEPASSING
        omgeving = tekst[max(0, match.start() - 40) : match.end() + 20].strip()
        yield Getal(pagina, omgeving, match[0], soort, cel)


def verkeerde_koppen(
    boom: Tag, herleid_: Herleid, ankers: Mapping[str, Sequence[str]], namen: Mapping[str, str]
) -> list[Fout]:
    """The cells whose heads do not lead to the definition of their figure, or name another area than theirs.

    `ankers` per figure (definition_list.definitie_ankers), `namen` per area; NL is named Nederland, or not at all.
    """
    koppen = {str(tag.id): tag for tag in boom.alle("TH") if tag.id}
    fouten = []
    for getal, gedrukt in herleid_.getallen:
        if gedrukt is None or getal.cel is None:
            continue
        ((cijfer_id, gebied),) = gedrukt.cijfers
        eigen = [koppen[kop] for kop in getal.cel.koppen]
        doelen = {str(annotatie["/Dest"]) for kop in eigen for link in kop.alle("Link") for annotatie in link.links}
        teksten = {kop.tekst for kop in eigen}
        if not doelen & set(ankers[cijfer_id]) and not KOP_VAN_MEER.fullmatch(cijfer_id):
            fouten.append(
                Fout(getal.pagina, getal.tekst, f"{cijfer_id} staat onder {teksten}, dat leidt naar {doelen}")
            )
        gebieden = teksten & set(namen.values())
        if gebieden - {namen[gebied]} or (gebied != "NL" and not gebieden):
            fouten.append(Fout(getal.pagina, getal.tekst, f"{cijfer_id} van {gebied} staat in de rij van {teksten}"))
    return fouten


def afwijkende_waarden(herleid_: Herleid, bron: Spoorbron) -> list[Fout]:
    """The bare figures of which the number on the page is not the value in the register, read back as a number."""
    fouten = []
    for getal, gedrukt in herleid_.getallen:
        if gedrukt is None or gedrukt.hulp != "cijfer":
            continue
        ((cijfer_id, gebied),) = gedrukt.cijfers
        waarde = bron.cijfer(cijfer_id, gebied).waarde
        gelezen = getal.tekst.rstrip("%").lstrip("+").replace("−", "-").replace(".", "").replace(",", ".")
        if (None if getal.tekst == NIET_VAN_TOEPASSING else Decimal(gelezen)) != waarde:
            fouten.append(Fout(getal.pagina, getal.tekst, f"{cijfer_id} {gebied} is {waarde}"))
    return fouten


def vreemd_in_beeld(naam: str, svg: bytes, bron: Spoorbron) -> list[str]:
    """The texts with a number in a chart that is no figure asked for, no axis tick, and of no kind."""
    cijfers = [bron.cijfer(cijfer_id, gebied) for cijfer_id, gebied in dict.fromkeys(bron.gevraagd)]
    bekend = {format_cijfer(cijfer) for cijfer in cijfers} | {heel(cijfer) for cijfer in cijfers}
    return [
        regel
        for regel in _teksten(ElementTree.fromstring(svg), in_as=False)
        if not re.fullmatch(ASSEN.get(naam, "$"), regel)
        for getal in _uit_tekst(regel, "", 0, _BEELD)
        if not getal.soort and not {getal.tekst, getal.tekst.lstrip("+−")} & bekend
    ]


def tekens(tekst: str) -> Counter[str]:
    """The characters of a text: a chart is drawn letter by letter, in no order of reading."""
    return Counter("".join(tekst.split()))


def tekst_van_beeld(svg: bytes) -> str:
    """All text of a chart."""
    return " ".join(_teksten(ElementTree.fromstring(svg), in_as=True))


def _teksten(knoop: Any, *, in_as: bool) -> Iterator[str]:
    """The texts of an SVG; those of the ticks of an axis only when asked for."""
    if not in_as and re.match(r"[xy]tick_", knoop.get("id", "")):
        return
    if knoop.tag.endswith("}text"):
        yield "".join(knoop.itertext())
    for kind in knoop:
        yield from _teksten(kind, in_as=in_as)
