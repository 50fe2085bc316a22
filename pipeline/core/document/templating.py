"""The template environment: a sandbox in which a number can only come from the register.

Belongs here: the Jinja environment and what it offers and refuses. Not here: the contents (report_templates) or the
choice of what is shown (render.py). A template gets text: `cijfer(id, gebied)` formats a figure, arithmetic is
refused, and printing a bare number is refused, so that no figure enters the document in another way.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.core.document.definition_list import definitie_ankers
from pipeline.core.document.dutch import met_hoofdletter, opsomming
from pipeline.core.document.prose import Cijferbron
from pipeline.core.document.sandbox import ZonderRekenen, cijferhulp
from pipeline.core.errors import DocumentFout, OnbekendCijfer
from pipeline.core.house import house_path

SJABLONEN = "voortgangsrapportage"

# One row of a label table: names and codes by column.
Rij = Mapping[str, Any]


class Tabellen(Protocol):
    """The label tables: names and codes, nothing to print as a number."""

    def rows(self, table: str) -> Sequence[Rij]:
        """All rows of `report.<name>`."""


def alleen_tekst(value: object) -> object:
    """Refuse what is not text: a number would have bypassed the register, None would print as a word."""
    if isinstance(value, str | Undefined):
        # Jinja's own error for an unknown name says which one.
        return value
    raise DocumentFout(
        f"een sjabloon drukt {value!r} af; een getal komt alleen met cijfer() in het document, en een lege waarde nooit"
    )


def _breekbaar(naam: str) -> Markup:
    """A file name that may be broken after a slash or an underscore, instead of anywhere."""
    return Markup("<wbr>").join(re.split(r"(?<=[/_])", naam))


def _kenmerk(sha256: str) -> Markup:
    """A SHA-256 as two lines of the same length."""
    return Markup("{}<br>{}").format(sha256[:32], sha256[32:])


def _sjabloonhulp(register: Cijferbron) -> dict[str, Callable[..., object]]:
    """What templates have besides the words that texts have too: rows of cells."""
    hulp = cijferhulp(register)
    cijfer = hulp["cijfer"]

    def cellen(gebied: str, *ids: str) -> Markup:
        """A row of cells, one per id; `±id` shows the sign.

        One call per row keeps long tables fast, and cells without a closing tag keep them short.
        """
        return Markup("").join(
            Markup("<td>") + str(cijfer(opgave.lstrip("±"), gebied, opgave.startswith("±"))) for opgave in ids
        )

    return hulp | {"cellen": cellen}


def _ankers(tables: Tabellen) -> Callable[..., str]:
    """`anker(cijfer_id, plaats)`: where a figure is defined in the document. Of a figure in two entries of the list
    `plaats` chooses: that of its group, or of its measure (`maat`). OnbekendCijfer for a figure that is not defined.
    """
    ankers: dict[str, tuple[str, ...]] = {}

    def anker(cijfer_id: str, plaats: str = "groep") -> str:
        if not ankers:
            ankers.update(definitie_ankers(tables.rows("report.definities")))
        if cijfer_id not in ankers:
            raise OnbekendCijfer(f"cijfer {cijfer_id!r} heeft geen definitie om naar te verwijzen")
        return ankers[cijfer_id][-1 if plaats == "maat" else 0]

    return anker


def sjabloon_omgeving(register: Cijferbron, tables: Tabellen, sjablonen: str = SJABLONEN) -> SandboxedEnvironment:
    """The environment over one folder of `report_templates`, by default that of the voortgangsrapportage.

    Raises in rendering: DocumentFout for arithmetic or a bare number, OnbekendCijfer for a figure that is not in the
    register, jinja2.UndefinedError for a name that nobody gave.
    """
    environment = ZonderRekenen(
        loader=FileSystemLoader(house_path("report_templates") / sjablonen),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=alleen_tekst,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.update(_sjabloonhulp(register))
    environment.globals["rijen"] = tables.rows
    environment.globals["anker"] = _ankers(tables)
    environment.filters["hoofdletter"] = met_hoofdletter
    environment.filters["opsomming"] = opsomming
    environment.filters["breekbaar"] = _breekbaar
    environment.filters["kenmerk"] = _kenmerk
    return environment
