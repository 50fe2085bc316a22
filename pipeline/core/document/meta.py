"""What a document must know about its own making: period, dates, edition, inputs, checks, code.

Belongs here: the frozen records that the run hands to the document. Not here: figures (the register) or how anything
is written.
"""

from dataclasses import dataclass
from datetime import date

from pipeline.core.periods import Periode


@dataclass(frozen=True)
class Invoerbestand:
    """One delivered file: name, extract, deliverer, SHA-256 (hex), size in bytes, rows kept and rejected."""

    bestand: str
    extract: str
    leverancier: str
    sha256: str
    bytes: int
    rijen_behouden: int
    rijen_geweigerd: int


@dataclass(frozen=True)
class Referentiebestand:
    """One shipped reference file: name, SHA-256 (hex), source and licence."""

    naam: str
    sha256: str
    bron: str
    licentie: str


@dataclass(frozen=True)
class Controle:
    """One check: name, severity (`block` or `warn`), what it guards, how many rows offended, and the first of them.

    `aanvaard`: the reason why what it found may stand; '' when nobody accepted it. `van_toepassing` is False when there
    was nothing to hold against, such as an earlier edition.
    """

    naam: str
    zwaarte: str
    titel: str
    gevonden: int
    voorbeelden: tuple[str, ...] = ()
    aanvaard: str = ""
    van_toepassing: bool = True


@dataclass(frozen=True)
class DocumentMeta:
    """Everything in a document that is not a figure.

    `peildatum` is the date of the stocks, `briefdatum` the date of the letter: it decides which announcements were
    known and is the date in the PDF's own metadata, because the clock of the machine would change the bytes.
    `intern`: numbers of persons are in it and exact, so that it stays in the house. `openbaar`: they are rounded, and
    no row of a person is in it; `vervallen` names what is left out since no rounding exists with it. `concept` puts a
    mark on every page, `voorbeeld` says that the persons behind the figures were generated. `commit` is None outside a
    checkout; `code_sha256` says which code it really was. `pakketten` are pairs of name and version, `bijlagen` pairs
    of name and description: the files that the PDF carries. `uitgever` publishes it, `contact` says where to ask; ''
    where nothing says so.
    """

    periode: Periode
    peildatum: date
    briefdatum: date
    editie: int
    concept: bool
    voorbeeld: bool
    versie: str
    commit: str | None
    code_sha256: str
    invoer: tuple[Invoerbestand, ...] = ()
    referentie: tuple[Referentiebestand, ...] = ()
    controles: tuple[Controle, ...] = ()
    pakketten: tuple[tuple[str, str], ...] = ()
    bijlagen: tuple[tuple[str, str], ...] = ()
    uitgever: str = ""
    contact: str = ""
    intern: bool = False
    openbaar: bool = False
    vervallen: tuple[str, ...] = ()
