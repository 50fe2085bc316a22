"""From HTML to one PDF that is PDF/A-3a and PDF/UA-1, with the same bytes for the same content.

Belongs here: WeasyPrint, what it may read, and the refusal of whatever it would let pass with a warning. Not here:
contents (render.py, report_templates). WeasyPrint is imported inside functions: it takes half a second.
"""

import ctypes
import gc
import hashlib
import importlib
import io
import logging
import mimetypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pipeline.core.alone import without_search
from pipeline.core.document.files import maak_fetcher
from pipeline.core.document.house_style import KENMERK, LETTER, letter_map
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.tags import herstelde_tags
from pipeline.core.errors import DocumentFout

VARIANT = "pdf/a-3a"

# The identification as PDF/UA-1 beside PDF/A, with the extension schema that PDF/A asks for it. It must stand inside
# the one rdf:RDF.
_PDFUA = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>'
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
)
_RDF_EIND = b"</rdf:RDF>"
_EINDE = b"\nendstream"


@dataclass(frozen=True)
class Bijlage:
    """A file embedded in the PDF. `relatie`: what it is to the document (PDF/A-3: Data, Source, Supplement)."""

    naam: str
    inhoud: bytes
    omschrijving: str
    relatie: str = "Data"


def render_pdf(
    html: str, assets_dir: Path, out_path: Path, meta: DocumentMeta, attachments: Sequence[Bijlage] = ()
) -> None:
    """Typeset `html` to `out_path`; it may refer to files in the template folder and in `assets_dir`.

    The same arguments give the same bytes. DocumentFout, and no file, when a library or font is missing, when the
    typesetter has anything to warn about, or when a character is not in the shipped letter (it would come from a font
    of this machine).
    """
    weasyprint = _laad_weasyprint()
    fetcher = maak_fetcher(assets_dir, letter_map().parent)
    bijlagen = [_attachment(weasyprint, bijlage, meta) for bijlage in attachments]
    kenmerk = partial(_kenmerk, html, fetcher.gelezen, attachments)
    out_path.write_bytes(_zet(html, assets_dir, fetcher, kenmerk, {"attachments": bijlagen}).content)


@dataclass(frozen=True)
class Gezet:
    """A finished PDF and its number of pages."""

    content: bytes
    bladzijden: int


@dataclass(frozen=True)
class Opmaak:
    """A style sheet and its letter, read once for many documents; `gelezen`: the files of which that is made."""

    stijl: Any
    letter: Any
    gelezen: dict[str, str]


def lees_opmaak(stijl: Path) -> Opmaak:
    """The style sheet `stijl`, which may import files of the template folder."""
    weasyprint = _laad_weasyprint()
    fonts = importlib.import_module("weasyprint.text.fonts")
    fetcher = maak_fetcher(stijl.parent, letter_map().parent)
    letter = fonts.FontConfiguration()
    with _meldingen() as meldingen:
        sheet = weasyprint.CSS(
            string=stijl.read_text(encoding="utf-8"),
            base_url=f"{stijl.parent.resolve().as_uri()}/",
            url_fetcher=fetcher,
            font_config=letter,
        )
    _weiger_meldingen(meldingen)
    gelezen = {**fetcher.gelezen, stijl.name: hashlib.sha256(stijl.read_bytes()).hexdigest()}
    return Opmaak(sheet, letter, gelezen)


def zet_met_opmaak(html: str, assets_dir: Path, opmaak: Opmaak, voorvoegsel: str = "") -> Gezet:
    """As `render_pdf`, of a document without a style sheet of its own and without attachments.

    What came before it in this process does not change its bytes. `voorvoegsel` stands before the identifiers of its
    tags, so that they stay apart from those of other documents when these are put together.
    """
    fetcher = maak_fetcher(assets_dir, letter_map().parent)

    def kenmerk() -> bytes:
        return _kenmerk(html, {**opmaak.gelezen, **fetcher.gelezen}, ())

    setting = {"font_config": opmaak.letter, "stylesheets": [opmaak.stijl]}
    return _zet(html, assets_dir, fetcher, kenmerk, setting, voorvoegsel)


def _zet(
    html: str,
    assets_dir: Path,
    fetcher: Any,
    kenmerk: Callable[[], bytes],
    opties: dict[str, Any],
    voorvoegsel: str = "",
) -> Gezet:
    weasyprint = _laad_weasyprint()
    with (
        _meldingen() as meldingen,
        _letter(opties) as opties,
        _verwijzingen_onthouden(),
        _eenduidig_einde(),
        _zonder_opruimen(),
    ):
        source = weasyprint.HTML(string=html, base_url=f"{assets_dir.resolve().as_uri()}/", url_fetcher=fetcher)
        document = source.render(pdf_variant=VARIANT, **opties)
        _noem_pdfua(document.metadata)
        content = io.BytesIO()
        with herstelde_tags(document, voorvoegsel) as herstel:
            document.write_pdf(
                content,
                finisher=partial(_rond_af, herstel),
                pdf_variant=VARIANT,
                pdf_identifier=kenmerk(),
                attachments=opties.get("attachments"),
            )
    _weiger_meldingen(meldingen)
    _weiger_vreemde_letters(document)
    return Gezet(content.getvalue(), len(document.pages))


def _laad_weasyprint() -> Any:
    """The WeasyPrint module; DocumentFout with what to install when a system library is missing."""
    try:
        with without_search():
            weasyprint = importlib.import_module("weasyprint")
            ffi = importlib.import_module("weasyprint.text.ffi")
    except OSError as error:
        raise DocumentFout(f"een systeembibliotheek voor het zetten ontbreekt ({error}); {_INSTALLEER}") from error
    if ffi.harfbuzz_subset is None:
        # WeasyPrint would only warn, embed its fonts in another way and so write other bytes.
        raise DocumentFout(f"de systeembibliotheek libharfbuzz-subset ontbreekt; {_INSTALLEER}")
    return weasyprint


def typesetting_libraries() -> dict[str, str]:
    """Version of each system library that shapes the text, by name; DocumentFout when one is missing."""
    _laad_weasyprint()
    versions = {}
    for name, (library, call) in _SYSTEEM.items():
        function = getattr(ctypes.CDLL(library), call)
        function.restype = ctypes.c_char_p
        versions[name] = function().decode("ascii")
    return versions


_SYSTEEM = {
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
}
_INSTALLEER = (
    "installeer libpango-1.0-0, libpangoft2-1.0-0 en libharfbuzz-subset0 (apt-get install --no-install-recommends)"
)


class _Verzamelaar(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.regels: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.regels.append(record.getMessage())


@contextmanager
def _meldingen() -> Iterator[list[str]]:
    """Collects what WeasyPrint logs at WARNING or above, whatever level the program around it has set."""
    logger = logging.getLogger("weasyprint")
    handler, level, disabled = _Verzamelaar(), logger.level, logger.disabled
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.disabled = False
    try:
        yield handler.regels
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.disabled = disabled


def _weiger_meldingen(regels: Sequence[str]) -> None:
    if regels:
        raise DocumentFout(f"het document kan niet worden gezet zoals het moet: {'; '.join(dict.fromkeys(regels))}")


def _weiger_vreemde_letters(document: Any) -> None:
    """Every font in the PDF is one of ours; else name the characters for which another font was taken."""
    eigen = [f"+{letter.replace(' ', '-')}".encode() for letter in (LETTER, KENMERK)]
    vreemd = [font for font in document.fonts.values() if not any(naam in font.name for naam in eigen)]
    if vreemd:
        tekens = sorted({teken for font in vreemd for teken in "".join(font.to_unicode.values())})
        namen = sorted(font.name.decode(errors="replace").lstrip("/") for font in vreemd)
        raise DocumentFout(
            f"deze tekens staan niet in de meegeleverde letter: {' '.join(tekens)!r} (gezet in {', '.join(namen)}); "
            "vervang ze in de tekst of de naam waarin ze staan"
        )


def berg_letter_op(letter: Any) -> None:
    """Remove the folder in which WeasyPrint keeps the files of a letter, before the object goes; it sets no more."""
    letter.__del__()


@contextmanager
def _letter(opties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The options with the letter of the document; one that is not shared with others (Opmaak) is put away after it.

    Else its folder stays until the object is taken apart, and that may never happen.
    """
    if "font_config" in opties:
        yield opties
        return
    letter = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    try:
        yield {**opties, "font_config": letter}
    finally:
        berg_letter_op(letter)


@contextmanager
def _verwijzingen_onthouden() -> Iterator[None]:
    """Remember pydyf's list of page references between pages: it is asked for once per tag and rebuilt each time.

    That rebuilding is a third of the time of writing. The list only grows, so its length says whether it is still
    right.
    """
    pydyf = importlib.import_module("pydyf")
    origineel = pydyf.PDF.page_references

    def page_references(pdf: Any) -> Any:
        aantal = len(pdf.pages["Kids"])
        bewaard = pdf.__dict__.get("_voortgang_page_references")
        if bewaard is None or bewaard[0] != aantal:
            bewaard = pdf.__dict__["_voortgang_page_references"] = (aantal, origineel.fget(pdf))
        return bewaard[1]

    pydyf.PDF.page_references = property(page_references)
    try:
        yield
    finally:
        pydyf.PDF.page_references = origineel


@contextmanager
def _eenduidig_einde() -> Iterator[None]:
    """End a stream whose last byte is a carriage return with a whole end of line.

    pydyf writes a line feed before `endstream`. Behind such a byte (one stream in 256) the two read as one end of line,
    and the stream as a byte shorter than it says: PDF/A-3, 6.1.7.1.
    """
    pydyf = importlib.import_module("pydyf")
    origineel = pydyf.Stream.data

    def data(stream: Any) -> bytes:
        content: bytes = origineel.fget(stream)
        return content[: -len(_EINDE)] + b"\r" + _EINDE if content.endswith(b"\r" + _EINDE) else content

    pydyf.Stream.data = property(data)
    try:
        yield
    finally:
        pydyf.Stream.data = origineel


@contextmanager
def _zonder_opruimen() -> Iterator[None]:
    """Keep Python's cycle collector off while typesetting.

    It walks again and again over the boxes of all pages, which are all still in use: a fifth of the time, and no
    memory came free.
    """
    stond_aan = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if stond_aan:
            gc.enable()


def _noem_pdfua(metadata: Any) -> None:
    """Let the document call itself PDF/UA-1 as well, in XMP that is not compressed (a validator must find it)."""
    rdf, schrijf = metadata.generate_rdf_metadata, metadata.include_in_pdf

    def generate_rdf_metadata(*args: Any) -> bytes:
        content: bytes = rdf(*args)
        return content.replace(_RDF_EIND, _PDFUA + _RDF_EIND)

    def include_in_pdf(*args: Any) -> None:
        *doorgegeven, _compress = args
        schrijf(*doorgegeven, compress=False)

    metadata.generate_rdf_metadata = generate_rdf_metadata
    metadata.include_in_pdf = include_in_pdf


def _kenmerk(html: str, gelezen: dict[str, str], attachments: Sequence[Bijlage]) -> bytes:
    """The identifier of the PDF: a digest of everything that went into it, instead of the clock."""
    digest = hashlib.sha256(html.encode())
    for naam, sha256 in sorted(gelezen.items()):
        digest.update(f"{naam} {sha256}\n".encode())
    for bijlage in attachments:
        digest.update(bijlage.naam.encode() + hashlib.sha256(bijlage.inhoud).digest())
    return digest.digest()[:16]


def _rond_af(herstel: Callable[[Any, Any], None], document: Any, pdf: Any) -> None:
    """What is mended before the PDF is written: its tags, and the list of associated files.

    That list names each file once; WeasyPrint finds each attachment twice.
    """
    herstel(document, pdf)
    if bestanden := pdf.catalog.get("AF"):
        bestanden[:] = dict.fromkeys(bestanden)


def _attachment(weasyprint: Any, bijlage: Bijlage, meta: DocumentMeta) -> Any:
    """The file as WeasyPrint embeds it, dated on the briefdatum.

    DocumentFout for a type that Python itself does not know: WeasyPrint would look it up in the files of the machine.
    """
    if mimetypes.MimeTypes().guess_type(bijlage.naam)[0] is None:
        raise DocumentFout(
            f"de bijlage {bijlage.naam} heeft een onbekend bestandstype; gebruik bijvoorbeeld .csv, .json of .xml"
        )
    dag = datetime(meta.briefdatum.year, meta.briefdatum.month, meta.briefdatum.day, tzinfo=UTC)
    return weasyprint.Attachment(
        file_obj=io.BytesIO(bijlage.inhoud),
        name=bijlage.naam,
        description=bijlage.omschrijving,
        created=dag,
        modified=dag,
        relationship=bijlage.relatie,
    )
