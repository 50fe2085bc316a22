"""The sandbox that templates and texts share: no arithmetic, and the functions that reach the register.

Belongs here: what both environments have in common. Not here: the environments themselves (templating.py, texts.py).
"""

from collections.abc import Callable
from typing import NoReturn

from jinja2.sandbox import SandboxedEnvironment

from pipeline.core.document.dutch import format_cijfer
from pipeline.core.document.prose import Cijferbron, Woorden
from pipeline.core.document.trace import Spoorbron
from pipeline.core.errors import DocumentFout


class ZonderRekenen(SandboxedEnvironment):
    """A sandbox that also refuses arithmetic: a sum made in a template is in no register and cannot be traced."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    intercepted_unops = frozenset({"+", "-"})

    def call_binop(self, context: object, operator: str, left: object, right: object) -> NoReturn:
        """Refuse a sum of two; DocumentFout."""
        raise DocumentFout(
            f"een sjabloon rekent ({operator}); laat het cijfer in sql/report berekenen en roep het op met cijfer()"
        )

    def call_unop(self, context: object, operator: str, arg: object) -> NoReturn:
        """Refuse a change of sign; DocumentFout."""
        raise DocumentFout(
            f"een sjabloon rekent ({operator}); laat het cijfer in sql/report berekenen en roep het op met cijfer()"
        )


def cijferhulp(register: Cijferbron) -> dict[str, Callable[..., object]]:
    """The functions by which a template or text reaches the register: cijfer() and all of `Woorden`, by name."""

    def cijfer(cijfer_id: str, gebied: str = "NL", teken: bool = False) -> str:
        return format_cijfer(register.cijfer(cijfer_id, gebied), teken)

    woorden = Woorden(register)
    functies: dict[str, Callable[..., object]] = {"cijfer": cijfer}
    functies |= {naam: getattr(woorden, naam) for naam in vars(Woorden) if not naam.startswith("_")}
    if isinstance(register, Spoorbron):
        return {naam: register.volg(naam, functie) for naam, functie in functies.items()}
    return functies
