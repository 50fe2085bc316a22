"""The prose of a document: Markdown per chapter with live figures, with a default for every period.

Belongs here: finding the section that holds for a period, and making HTML of it. Not here: the words that helpers make
(prose.py), what may stand in a text (prose_lint.py), where a section stands in the document (the templates).

A value that a helper gives never meets Markdown: it waits behind a private-use character until the HTML is there, and
is escaped then. So a name with an asterisk stays a name, and no figure becomes the number of a list.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, Undefined
from markupsafe import Markup, escape

from pipeline.core.document import prose_lint
from pipeline.core.document.dutch import met_hoofdletter
from pipeline.core.document.prose import Cijferbron
from pipeline.core.document.sandbox import ZonderRekenen, cijferhulp
from pipeline.core.errors import DocumentFout, TekstFout, VoortgangFout

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

TEKSTMAP = "tekst"
STANDAARD = "standaard"

# The kinds of heading to which a reference says its number; the style sheet writes it.
_VERWIJZINGEN = ("hoofdstuk", "bijlage", "paragraaf", "onderdeel")

_KOP = re.compile(r"## (?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)(?P<invullen> \(in te vullen\))?")
# Plane 15 is private use: no text has it (prose_lint refuses it), and Markdown takes it for a letter.
_EERSTE_PLAATS = 0xF0000
_PLAATS = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True)
class Sectie:
    """One section: `bestand` below the templates, `regel` of its first line; `invullen`: people must write it."""

    bestand: str
    sectie_id: str
    regel: int
    tekst: str
    invullen: bool

    @property
    def bron(self) -> str:
        """The text on the lines that it has in its file."""
        return "\n" * (self.regel - 1) + self.tekst


def lees_secties(pad: Path, bestand: str) -> dict[str, Sectie]:
    """The sections of one Markdown file, divided by lines `## sectie-id`; TekstFout for a heading that is none.

    `## sectie-id (in te vullen)` is the default of a text that only people can write.
    """
    secties: dict[str, Sectie] = {}
    koppen: list[tuple[int, re.Match[str]]] = []
    regels = pad.read_text(encoding="utf-8").split("\n")
    for nummer, regel in enumerate(regels, 1):
        if regel.startswith("#"):
            kop = _KOP.fullmatch(regel.rstrip())
            if kop is None or kop["id"] in {eerder["id"] for _, eerder in koppen}:
                raise TekstFout(
                    f"{bestand}, regel {nummer}: {regel!r} is geen kop van een sectie, of staat er al; schrijf "
                    "'## naam-van-de-sectie', in kleine letters, elke naam één keer"
                )
            koppen.append((nummer, kop))
        elif regel.strip() and not koppen:
            raise TekstFout(f"{bestand}, regel {nummer}: tekst vóór de eerste kop; begin met '## naam-van-de-sectie'")
    einden = [nummer for nummer, _ in koppen[1:]] + [len(regels) + 1]
    for (nummer, kop), einde in zip(koppen, einden, strict=True):
        tekst = "\n".join(regels[nummer : einde - 1]).rstrip()
        secties[kop["id"]] = Sectie(bestand, kop["id"], nummer + 1, tekst, kop["invullen"] is not None)
    return secties


def lees_teksten(sjabloonmap: Path, periode: str | None = None) -> dict[str, dict[str, Sectie]]:
    """Per chapter its sections as they hold for `periode` (2016-I): its own where it has them, else the default.

    Without a period the defaults alone.
    Raises TekstFout for a chapter or section of the period that the default does not have: it would never be shown.
    """
    map_ = sjabloonmap / TEKSTMAP
    teksten = {
        pad.stem: lees_secties(pad, f"{TEKSTMAP}/{STANDAARD}/{pad.name}")
        for pad in sorted((map_ / STANDAARD).glob("*.md"))
    }
    for pad in sorted((map_ / periode).glob("*.md")) if periode else ():
        bestand = f"{TEKSTMAP}/{periode}/{pad.name}"
        if pad.stem not in teksten:
            raise TekstFout(f"{bestand}: er is geen hoofdstuk {pad.stem!r}; kies uit {', '.join(teksten)}")
        for sectie in lees_secties(pad, bestand).values():
            if sectie.sectie_id not in teksten[pad.stem]:
                raise TekstFout(
                    f"{bestand}, regel {sectie.regel - 1}: hoofdstuk {pad.stem!r} heeft geen sectie "
                    f"{sectie.sectie_id!r}; kies uit {', '.join(teksten[pad.stem])}"
                )
            teksten[pad.stem][sectie.sectie_id] = sectie
    return teksten


class Teksten:
    """The texts of one document. Making it judges every text, so that an untrue one stops here."""

    def __init__(
        self,
        register: Cijferbron,
        sjabloonmap: Path,
        periode: str,
        meta: Mapping[str, Any],
        *,
        toelichting: Mapping[str, str] | None = None,
        ankers: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """`meta` holds dates and half-years as text, `ankers` per heading its kind (hoofdstuk, bijlage, '') and title.

        Raises TekstFout with one line per finding when a text holds what no helper produced (see prose_lint).
        """
        self._secties = lees_teksten(sjabloonmap, periode)
        self._waarden: list[str] = []
        self._toelichting = dict(toelichting or {})
        self._ankers = dict(ankers or {})
        self._omgeving = self._maak_omgeving(register, meta)
        toegestaan = prose_lint.lees_toegestaan(sjabloonmap / TEKSTMAP, periode)
        bevindingen = [
            bevinding
            for secties in self._secties.values()
            for sectie in secties.values()
            for bevinding in prose_lint.beoordeel(
                sectie.bestand, sectie.bron, self._omgeving, toegestaan, register.bestaat
            )
        ]
        if bevindingen:
            raise TekstFout(
                "de tekst van de rapportage is niet te herleiden; er is geen document gemaakt",
                tuple(str(bevinding) for bevinding in bevindingen),
            )

    @property
    def hoofdstukken(self) -> tuple[str, ...]:
        """The chapters for which there are texts."""
        return tuple(self._secties)

    def secties(self, hoofdstuk: str) -> tuple[str, ...]:
        """The ids of the sections of a chapter, in the order of the default."""
        return tuple(self._secties[hoofdstuk])

    def in_te_vullen(self) -> tuple[str, ...]:
        """Which sections still have the default that says that people must write them: `werkzaamheden/stand`."""
        return tuple(
            f"{hoofdstuk}/{sectie.sectie_id}"
            for hoofdstuk, secties in self._secties.items()
            for sectie in secties.values()
            if sectie.invullen
        )

    def tekst(self, hoofdstuk: str, sectie_id: str, klasse: str = "") -> Markup:
        """The HTML of one section: paragraphs, lists, emphasis, footnotes. `klasse` goes on its last paragraph.

        Raises TekstFout, which names file and line, for a section that does not exist and for a helper that refuses.
        """
        sectie = self._sectie(hoofdstuk, sectie_id)
        html = self._als_html(self._ingevuld(sectie), klasse)
        return Markup('<div class="invullen">\n{}</div>\n').format(html) if sectie.invullen and html else html

    def _sectie(self, hoofdstuk: str, sectie_id: str) -> Sectie:
        try:
            return self._secties[hoofdstuk][sectie_id]
        except KeyError:
            raise TekstFout(
                f"er is geen sectie {sectie_id!r} in hoofdstuk {hoofdstuk!r}; zie {TEKSTMAP}/LEESMIJ.md"
            ) from None

    def alineas(self, hoofdstuk: str, sectie_id: str) -> tuple[str, ...]:
        """The paragraphs of one section as bare text, for a document that is not HTML.

        Raises TekstFout as `tekst` does, and for anything but paragraphs: a list, emphasis, a footnote, a reference.
        """
        sectie = self._sectie(hoofdstuk, sectie_id)
        delen = _markdown().parse(self._ingevuld(sectie))
        soorten = {kind.type for deel in delen for kind in (deel.children or [deel])}
        if anders := soorten - {"paragraph_open", "paragraph_close", "text", "softbreak"}:
            raise TekstFout(
                f"{sectie.bestand}, sectie {sectie_id!r}: hier kan alleen gewone tekst in alinea's, geen "
                f"{', '.join(sorted(anders))}"
            )
        return tuple(
            self._met_waarden(" ".join("".join(kind.content or " " for kind in deel.children).split()))
            for deel in delen
            if deel.children
        )

    def _met_waarden(self, tekst: str) -> str:
        return _PLAATS.sub(lambda plaats: self._waarden[ord(plaats[0]) - _EERSTE_PLAATS], tekst)

    def _ingevuld(self, sectie: Sectie) -> str:
        self._waarden = []
        try:
            code = self._omgeving.compile(sectie.bron, sectie.bestand, sectie.bestand)
            sjabloon = self._omgeving.template_class.from_code(
                self._omgeving, code, self._omgeving.make_globals(None), None
            )
            return sjabloon.render()
        except (VoortgangFout, TemplateError) as fout:
            regel = _regel(fout.__traceback__, sectie.bestand) or sectie.regel
            raise TekstFout(f"{sectie.bestand}, regel {regel}, sectie {sectie.sectie_id!r}: {fout}") from fout

    def _als_html(self, markdown: str, klasse: str) -> Markup:
        html = _markdown().render(markdown)
        if klasse and (laatste := html.rfind("<p>")) >= 0:
            html = f'{html[:laatste]}<p class="{escape(klasse)}">{html[laatste + 3 :]}'
        html = _PLAATS.sub(lambda plaats: escape(self._waarden[ord(plaats[0]) - _EERSTE_PLAATS]), html)
        return Markup(html)  # noqa: S704  # nosec B704 # markdown-it escapes the text, escape() the values

    def _onthoud(self, waarde: object) -> str:
        """Take a value out of the way of Markdown; refuse what is not text."""
        if isinstance(waarde, Undefined):
            return str(waarde)
        if not isinstance(waarde, str):
            raise DocumentFout(f"de tekst drukt {waarde!r} af; een getal komt alleen met cijfer() in de tekst")
        self._waarden.append(waarde)
        return chr(_EERSTE_PLAATS + len(self._waarden) - 1)

    def _maak_omgeving(self, register: Cijferbron, meta: Mapping[str, Any]) -> ZonderRekenen:
        omgeving = ZonderRekenen(
            autoescape=True,
            undefined=StrictUndefined,
            finalize=self._onthoud,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        omgeving.globals.clear()
        omgeving.globals.update(cijferhulp(register))
        omgeving.globals["meta"] = {naam: meta[naam] for naam in prose_lint.META_WOORDEN if naam in meta}
        omgeving.globals["naar"] = self._naar
        omgeving.globals["toelichting"] = lambda sleutel: self._toelichting.get(sleutel, "")
        omgeving.filters = {"hoofdletter": met_hoofdletter}
        return omgeving

    def _naar(self, anker: str) -> Markup:
        """A reference to a chapter, appendix or paragraph; the style sheet adds its number."""
        if anker not in self._ankers:
            raise DocumentFout(f"naar({anker!r}): zo'n hoofdstuk of paragraaf is er niet in dit document")
        soort, titel = self._ankers[anker]
        klasse = Markup(' class="naar-{}"').format(soort) if soort in _VERWIJZINGEN else ""
        return Markup('<a{} href="#{}">{}</a>').format(klasse, anker, titel)


def lees_ankers(
    titels: Mapping[str, str], hoofdstukken: Sequence[tuple[str, str, Sequence[str]]]
) -> dict[str, tuple[str, str]]:
    """Per heading its kind and title, from the titles and the contents list of `macros.html.j2`.

    A heading within a chapter is a paragraaf, one within an appendix an onderdeel.
    """
    soorten = {anker: soort for soort, anker, _ in hoofdstukken}
    for soort, _, paragrafen in hoofdstukken:
        soorten |= dict.fromkeys(paragrafen, "onderdeel" if soort == "bijlage" else "paragraaf")
    return {anker: (soorten.get(anker, ""), titel) for anker, titel in titels.items()}


@cache
def _markdown() -> "MarkdownIt":
    """Paragraphs, bullets, emphasis and footnotes; no headings, HTML, links, pictures or code."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("zero").enable(["list", "emphasis"])
    markdown.inline.ruler.push("voetnoot", _voetnoot)
    return markdown


def _voetnoot(state: "StateInline", silent: bool) -> bool:
    """`^[tekst]` is a footnote at that place; it holds text and emphasis and no other footnote."""
    begin = state.pos
    if state.src[begin : begin + 2] != "^[":
        return False
    einde = state.src.find("]", begin)
    if einde < 0 or einde >= state.posMax:
        return False
    if not silent:
        state.push("voetnoot_open", "span", 1).attrSet("class", "voetnoot")
        oud = state.pos, state.posMax
        state.pos, state.posMax = begin + 2, einde
        state.md.inline.tokenize(state)
        state.pos, state.posMax = oud
        state.push("voetnoot_close", "span", -1)
    state.pos = einde + 1
    return True


def _regel(spoor: TracebackType | None, bestand: str) -> int | None:
    """The line of the text in which an error arose; Jinja rewrites the traceback to lines of the template."""
    regel = None
    while spoor is not None:
        if spoor.tb_frame.f_code.co_filename == bestand:
            regel = spoor.tb_lineno
        spoor = spoor.tb_next
    return regel
