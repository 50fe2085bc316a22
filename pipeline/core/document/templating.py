"""The template environment: a sandbox in which a number can only come from the register.

Belongs here: the Jinja environment and what it offers and refuses. Not here: the contents (report_templates) or the
choice of what is shown (render.py). A template gets text: `cijfer(id, gebied)` formats a figure, arithmetic is
refused, and printing a bare number is refused, so that no figure enters the document in another way.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, Protocol

from jinja2 import FileSystemLoader, StrictUndefined, Undefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from pipeline.core.document.dutch import format_cijfer, met_hoofdletter, opsomming
from pipeline.core.document.prose import Cijferbron, Woorden
from pipeline.core.errors import DocumentFout
from pipeline.core.house import house_path

SJABLONEN = "voortgangsrapportage"

# One row of a label table: names and codes by column.
Rij = Mapping[str, Any]


class Tabellen(Protocol):
    """The label tables: names and codes, nothing to print as a number."""

    def rows(self, table: str) -> Sequence[Rij]:
        """All rows of `report.<name>`."""


class _ZonderRekenen(SandboxedEnvironment):
    """A sandbox that also refuses arithmetic: a sum made in a template is in no register and cannot be traced."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def call_binop(self, context: object, operator: str, left: object, right: object) -> NoReturn:
        raise DocumentFout(
            f"een sjabloon rekent ({operator}); laat het cijfer in sql/report berekenen en roep het op met cijfer()"
        )

    def call_unop(self, context: object, operator: str, arg: object) -> NoReturn:
        raise DocumentFout(
            f"een sjabloon rekent ({operator}); laat het cijfer in sql/report berekenen en roep het op met cijfer()"
        )


def _alleen_tekst(value: object) -> object:
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


def _cijferhulp(register: Cijferbron) -> dict[str, Callable[..., object]]:
    """The functions by which a template reaches the register."""

    def cijfer(cijfer_id: str, gebied: str = "NL", teken: bool = False) -> str:
        return format_cijfer(register.cijfer(cijfer_id, gebied), teken)

    def cellen(gebied: str, *ids: str) -> Markup:
        """A row of cells, one per id; `±id` shows the sign, `*id` marks a computed control.

        One call per row keeps long tables fast, and cells without a closing tag keep them short.
        """
        out = []
        for opgave in ids:
            cel = Markup('<td class="i">') if opgave.startswith("*") else Markup("<td>")
            out.append(cel + cijfer(opgave.lstrip("±*"), gebied, opgave.startswith("±")))
        return Markup("").join(out)

    woorden = Woorden(register)
    functies: dict[str, Callable[..., object]] = {"cijfer": cijfer, "cellen": cellen}
    return functies | {naam: getattr(woorden, naam) for naam in vars(Woorden) if not naam.startswith("_")}


def sjabloon_omgeving(register: Cijferbron, tables: Tabellen) -> SandboxedEnvironment:
    """The environment over `report_templates/voortgangsrapportage` and the partials shared by documents.

    Raises in rendering: DocumentFout for arithmetic or a bare number, OnbekendCijfer for a figure that is not in the
    register, jinja2.UndefinedError for a name that nobody gave.
    """
    environment = _ZonderRekenen(
        loader=FileSystemLoader(house_path("report_templates") / SJABLONEN),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_alleen_tekst,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.update(_cijferhulp(register))
    environment.globals["rijen"] = tables.rows
    environment.filters["hoofdletter"] = met_hoofdletter
    environment.filters["opsomming"] = opsomming
    environment.filters["breekbaar"] = _breekbaar
    return environment
