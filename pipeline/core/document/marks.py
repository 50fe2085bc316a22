"""The marks of an edition: concept and voorbeeld, lest it pass for the published one; intern, lest it leave the house
with exact numbers of persons; and that its persons are rounded.

Belongs here: when a mark is due and its words, the same on report, factsheet and letter. Not here: where a document
shows it (its template or style sheet).
"""

from collections.abc import Iterable

from pipeline.core.document.meta import Controle

CONCEPT = "Concept"
INTERN = "Intern"
VIJFTALLEN = "afgerond op vijftallen"
VOORBEELD = "Voorbeeld met verzonnen personen"


def is_concept(controles: Iterable[Controle], *, gepubliceerd: bool) -> bool:
    """Whether the mark concept is due: not made by publishing, or with a finding that nobody accepted with a reason."""
    return not gepubliceerd or bool(open_bevindingen(controles))


def open_bevindingen(controles: Iterable[Controle]) -> tuple[str, ...]:
    """The names of the checks that found something for which there is no reason to accept it."""
    return tuple(controle.naam for controle in controles if controle.gevonden and not controle.aanvaard)


def merk(*, concept: bool, voorbeeld: bool, intern: bool = False, openbaar: bool = False) -> str:
    """The words of the mark; '' for a document that needs none."""
    due = ((concept, CONCEPT), (intern, INTERN), (voorbeeld, VOORBEELD), (openbaar, VIJFTALLEN))
    text = ", ".join(words[0].lower() + words[1:] for shown, words in due if shown)
    return text[:1].upper() + text[1:]
