"""The judgement of a finished PDF against PDF/UA-1 (readable by all) and PDF/A-3a (to be kept).

Belongs here: asking the validator, and saying in Dutch what it found. Not here: what follows from it (editions.py). The
validator is `page-validation`, a single Rust library without Java; veraPDF, the reference, judges in the tests.
"""

import importlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from pipeline.core.errors import DocumentFout

# Name of the profile as it stands in the manifest, and as the validator calls it.
PROFIELEN = {"PDF/UA-1": "ua1", "PDF/A-3a": "3a"}


@dataclass(frozen=True)
class Overtreding:
    """A rule that was broken: its name and what the validator says of the first time. It does not count the others."""

    regel: str
    melding: str


@dataclass(frozen=True)
class Keuring:
    """The judgement of one profile: how many rules were looked at, and which were broken (by name)."""

    profiel: str
    regels: int
    overtredingen: tuple[Overtreding, ...]

    @property
    def geslaagd(self) -> bool:
        """Whether the PDF is what the profile asks."""
        return not self.overtredingen

    def as_dict(self) -> dict[str, Any]:
        """For the manifest."""
        return {
            "profiel": self.profiel,
            "geslaagd": self.geslaagd,
            "regels": self.regels,
            "overtredingen": [vars(overtreding) for overtreding in self.overtredingen],
        }


def keur(pdf: bytes) -> tuple[Keuring, ...]:
    """The judgement of every profile; DocumentFout when the bytes cannot be read as a PDF at all.

    The profiles are judged side by side: the validator does its work outside Python.
    """
    with ThreadPoolExecutor(len(PROFIELEN)) as pool:
        return tuple(pool.map(lambda profiel: _keur(pdf, profiel), PROFIELEN))


def _keur(pdf: bytes, profiel: str) -> Keuring:
    page = importlib.import_module("page")
    try:
        verslag = page.validate_pdf_bytes(pdf, profile=PROFIELEN[profiel], limits=page.SafetyLimits.unlimited())
    except page.PageError as error:
        raise DocumentFout(f"het document is niet te keuren voor {profiel} ({error})") from error
    return Keuring(profiel, verslag.rules.total, _overtredingen(verslag))


def _overtredingen(verslag: Any) -> tuple[Overtreding, ...]:
    eerste: dict[str, str] = {}
    for fout in verslag.failures:
        eerste.setdefault(fout.rule_id, fout.message)
    gevonden = tuple(Overtreding(regel, melding) for regel, melding in sorted(eerste.items()))
    if not gevonden and not verslag.is_compliant:
        raise DocumentFout(f"de keuring voor {verslag.profile} noemt het document fout, maar geen regel waarom")
    return gevonden


def bezwaren(keuringen: Sequence[Keuring]) -> tuple[str, ...]:
    """Why a PDF may not be published as it is: one sentence per broken rule, none when every profile passed."""
    return tuple(
        f"het document voldoet niet aan {keuring.profiel}: {overtreding.regel} ({overtreding.melding})"
        for keuring in keuringen
        for overtreding in keuring.overtredingen
    )
