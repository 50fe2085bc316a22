"""Which municipalities an analyst asks for, by name or code.

Belongs here: names to municipalities of the edition. Not here: the accepted spellings (reference.py). A name is never
taken for its likeness: Ede and Epe are two municipalities.
"""

from collections.abc import Sequence

from pipeline.core.errors import GebruiksFout
from pipeline.core.explain.areas import code_meant
from pipeline.core.intake.findings import quoted
from pipeline.core.reference import codes_named, suggest
from pipeline.core.sheets.figures import Gemeente


def chosen(gemeenten: Sequence[Gemeente], names: Sequence[str], jaar: int) -> tuple[Gemeente, ...]:
    """The municipalities with these names or codes in the order of `gemeenten`, each once; all of them for no names.

    GebruiksFout for a name that is none of the year, with names that are close.
    """
    if not names:
        return tuple(gemeenten)
    known = {one.code: one for one in gemeenten}
    wanted = {_code(known, name, jaar) for name in names}
    return tuple(one for one in gemeenten if one.code in wanted)


def _code(known: dict[str, Gemeente], name: str, jaar: int) -> str:
    meant = {name.strip().casefold(), code_meant("gemeente", name)}
    found = {code for code, one in known.items() if {code.casefold(), one.naam.casefold()} & meant}
    found |= {code for code in codes_named(name, jaar) if code in known}
    if len(found) != 1:
        near = suggest(name, jaar)
        hint = f"bedoelde u {' of '.join(near)}?" if near else "schrijf de naam voluit of geef de code: GM0363 of 0363"
        raise GebruiksFout(f"{quoted(name)} is geen gemeente van {jaar}; {hint}")
    return found.pop()
