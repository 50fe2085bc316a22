"""Findings that may stand: which check, and the reason somebody gave for it.

Belongs here: reading and refusing what an analyst accepts. Not here: what follows from it (document/marks.py), who did
it (the log of the half-year), where it is printed.
"""

import difflib
import re
from collections.abc import Mapping, Sequence

from pipeline.core.errors import GebruiksFout
from pipeline.core.intake.pseudonyms import masked
from pipeline.core.sqlfiles import Check, load_checks

_CANDIDATES = 3
# A page of the account has room for a sentence or two, not for a letter.
LONGEST_REASON = 300


def read_acceptances(texts: Sequence[str]) -> dict[str, str]:
    """`CONTROLE=REDEN` per item, as the command line has them; GebruiksFout for one that cannot be read or used."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, sign, reason = text.partition("=")
        if not sign:
            raise GebruiksFout(f"{text!r} is geen CONTROLE=REDEN; schrijf bijvoorbeeld {_example()}")
        if name.strip() in pairs:
            raise GebruiksFout(f"de controle {name.strip()} is twee keer aanvaard; geef één reden")
        pairs[name.strip()] = reason
    return check_acceptances(pairs)


def check_acceptances(pairs: Mapping[str, str]) -> dict[str, str]:
    """Reason per name of a check, in order of name and with single spaces.

    GebruiksFout for a name that no check has, a check that holds the edition back, and a reason without a word, longer
    than LONGEST_REASON signs, or with a number that could be a V-number: reasons are printed in the report.
    """
    checks = {check.name: check for check in load_checks()}
    return {name: _reason(_known(name, checks), pairs[name]) for name in sorted(pairs)}


def _known(name: str, checks: Mapping[str, Check]) -> Check:
    warning = sorted(check.name for check in checks.values() if check.severity == "warn")
    if name not in checks:
        near = difflib.get_close_matches(name, warning, n=_CANDIDATES) or warning
        raise GebruiksFout(f"er is geen controle {name!r}; bedoelt u {_either(near)}?")
    if checks[name].severity == "block":
        raise GebruiksFout(
            f"de controle {name} houdt de editie tegen en is niet te aanvaarden ({checks[name].title}); verbeter de "
            "levering of geef een correctie op"
        )
    return checks[name]


def _reason(check: Check, text: str) -> str:
    reason = " ".join(text.split())
    if not re.search(r"[^\W\d_]{2}", reason):
        raise GebruiksFout(f"de reden om {check.name} te aanvaarden ontbreekt; schrijf bijvoorbeeld {_example(check)}")
    if len(reason) > LONGEST_REASON:
        raise GebruiksFout(
            f"de reden om {check.name} te aanvaarden heeft {len(reason)} tekens; zeg het in ten hoogste "
            f"{LONGEST_REASON}, want zij staat in het rapport"
        )
    if masked(reason) != reason:
        raise GebruiksFout(
            f"in de reden om {check.name} te aanvaarden staat een nummer dat een V-nummer kan zijn; laat het weg, "
            "want de reden staat in het rapport"
        )
    return reason


def _example(check: Check | None = None) -> str:
    name = check.name if check else next(check.name for check in load_checks() if check.severity == "warn")
    return f'{name}="gemeld bij de leverancier"'


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} of {names[-1]}" if len(names) > 1 else names[0]
