"""What the measurements found, in one form: a table in Markdown, the same as JSON, and one picture.

Belongs here: writing under build/meting. Not here: measuring. Nothing of it is committed.
"""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import matplotlib.pyplot as plt

from pipeline.core.document.house_style import LETTER, laad_matplotlib

FOLDER = Path(__file__).parents[2] / "build" / "meting"
_GB = 1024**3


@dataclass(frozen=True)
class Uitslag:
    """One comparison: the median seconds of ours and of a peer's on the same input, taken alternating.

    `verhouding` is ours divided by theirs (of wall clock), `processor` the same of processor seconds; `doel` what it
    should be at most, None where nothing was asked. `geheugen_gb` is the highest peak of ours and of theirs.
    """

    meting: str
    invoer: str
    wij: str
    ander: str
    seconden: float
    seconden_ander: float
    processor: float
    geheugen_gb: float | None
    geheugen_gb_ander: float | None
    rondes: int
    doel: float | None = None

    @property
    def verhouding(self) -> float:
        """How many times theirs ours takes."""
        return self.seconden / self.seconden_ander


def machine() -> str:
    """The cores, memory and versions on which this is measured, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GB
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.machine()}, Python {platform.python_version()}"


def as_markdown(found: Sequence[Uitslag]) -> str:
    """All comparisons as one Markdown table."""
    lines = [
        "| measurement | input | ours | beside | ours, s | other, s | times | processor, times | peak, GB | at most "
        "| rounds |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        peaks = "" if one.geheugen_gb is None else f"{one.geheugen_gb:.2f}"
        peaks += "" if one.geheugen_gb_ander is None else f" / {one.geheugen_gb_ander:.2f}"
        wanted = "" if one.doel is None else f"{one.doel:.2f}"
        lines.append(
            f"| {one.meting} | {one.invoer} | {one.wij} | {one.ander} | {one.seconden:.2f} | {one.seconden_ander:.2f} "
            f"| {one.verhouding:.2f} | {one.processor:.2f} | {peaks} | {wanted} | {one.rondes} |"
        )
    return "\n".join([*lines, "", f"Measured on {machine()}.", ""])


def as_json(found: Sequence[Uitslag]) -> str:
    """All comparisons as JSON, with the ratio of each."""
    told = [{**asdict(one), "verhouding": one.verhouding} for one in found]
    return json.dumps({"machine": machine(), "uitslagen": told}, indent=1, ensure_ascii=False) + "\n"


def draw(found: Sequence[Uitslag], path: Path) -> None:
    """A bar per comparison, on a scale of factors: ours over theirs; a mark at what that should be at most.

    In the letter of the house: once a report was made in this process, matplotlib knows no other.
    """
    laad_matplotlib()
    with plt.rc_context({"font.family": [LETTER]}):
        _draw(found, path)


def _draw(found: Sequence[Uitslag], path: Path) -> None:
    figure, axes = plt.subplots(figsize=(9, 0.9 + 0.42 * len(found)), layout="constrained")
    labels = [f"{one.meting}, {one.invoer}: {one.ander}" for one in found]
    places = range(len(found))
    # Twice as fast lies as far from 1 as twice as slow.
    axes.set_xscale("log", base=2)
    axes.barh(places, [one.verhouding - 1 for one in found], left=1, color="#01689b")
    for place, one in zip(places, found, strict=True):
        side = "left" if one.verhouding >= 1 else "right"
        axes.text(one.verhouding, place, f" {one.verhouding:.2f} ", va="center", ha=side, fontsize=8)
        if one.doel is not None:
            axes.plot([one.doel, one.doel], [place - 0.4, place + 0.4], color="#a90061", linewidth=2)
    axes.axvline(1, color="#535353", linewidth=0.8)
    axes.margins(x=0.12)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_yticks(places, labels, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("seconds of ours divided by those of the other (red: at most)")
    figure.savefig(path, dpi=150)
    plt.close(figure)


def write(found: Sequence[Uitslag], texts: dict[str, str], folder: Path = FOLDER) -> None:
    """`uitslag.md`, `uitslag.json`, `uitslag.png` in `folder`, and a file per measurement with all that it printed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    if found:
        (folder / "uitslag.md").write_text(as_markdown(found), encoding="utf-8")
        (folder / "uitslag.json").write_text(as_json(found), encoding="utf-8")
        draw(found, folder / "uitslag.png")
