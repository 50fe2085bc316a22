"""The house style of charts and map: palette, letter, and the one way to a figure in SVG.

Belongs here: colours, sizes, the set-up of matplotlib and the writing of deterministic SVG. Not here: what a chart
shows. matplotlib is imported inside functions: it costs a third of a second that `--help` must not pay.
"""

import io
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from pipeline.core.errors import DocumentFout
from pipeline.core.house import house_path

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Text colours have at least 4,5 : 1 on white; the light ones are for areas only.
INKT = "#1a1a1a"
DONKERBLAUW = "#154273"
BLAUW = "#01689b"
# Bars beside one that has the emphasis of DONKERBLAUW: as far from it in grey as from the paper.
MIDDENBLAUW = "#5f94c1"
LICHTBLAUW = "#9ecae1"
GRIJS = "#535353"
LIJN = "#c4c8cc"

# The family name under which the shipped Source Sans 3 is known to WeasyPrint and matplotlib. A name of our own: were
# it 'Source Sans 3', a copy of another version on the machine would win from the shipped one (fontconfig: system
# fonts first).
LETTER = "Source Sans 3 Voortgang"
LETTERBESTANDEN = (
    "SourceSans3-Light.ttf",
    "SourceSans3-Regular.ttf",
    "SourceSans3-It.ttf",
    "SourceSans3-Semibold.ttf",
)
# Of one width, for hashes in a typeset document; no chart has it.
KENMERK = "Kenmerk Voortgang"
KENMERKLETTER = "DejaVuSansMono.ttf"
HALFVET = 600
LETTERGROOTTE = 8.5

# Width of the text area on a normal page, shared with stijl.css.
BREEDTE_MM = 160
_MM_PER_INCH = 25.4

# Version of matplotlib's font list (font_manager.FontManager.__version__); a test fails when an upgrade changes it.
FONTLIJST_VERSIE = "3.11.0"


_SLOT = threading.Lock()


def letter_map() -> Path:
    """Folder of the shipped font files; DocumentFout when one is missing."""
    folder = house_path("report_templates") / "voortgangsrapportage" / "fonts"
    for name in (*LETTERBESTANDEN, KENMERKLETTER):
        if not (folder / name).is_file():
            raise DocumentFout(f"het letterbestand {name} ontbreekt in {folder}; installeer het pakket opnieuw")
    return folder


@contextmanager
def _tijdelijke_configuratie() -> Iterator[None]:
    """A configuration folder for the import of matplotlib that holds an empty font list.

    Without it, importing matplotlib's font manager reads every font of the machine (seconds) and writes that list in
    the home folder of the user.
    """
    earlier = os.environ.get("MPLCONFIGDIR")
    with TemporaryDirectory(prefix="voortgang-matplotlib-") as folder:
        empty: dict[str, object] = {
            "__class__": "FontManager",
            "_version": FONTLIJST_VERSIE,
            "_FontManager__default_weight": "normal",
            "default_size": None,
            "defaultFamily": {"ttf": LETTER, "afm": LETTER},
            "afmlist": [],
            "ttflist": [],
        }
        (Path(folder) / f"fontlist-v{FONTLIJST_VERSIE}.json").write_text(json.dumps(empty), encoding="utf-8")
        os.environ["MPLCONFIGDIR"] = folder
        try:
            yield
        finally:
            if earlier is None:
                del os.environ["MPLCONFIGDIR"]
            else:
                os.environ["MPLCONFIGDIR"] = earlier


def laad_matplotlib() -> None:
    """Import matplotlib, once per process whichever thread is first; DocumentFout when a font is missing."""
    with _SLOT:
        _laad_matplotlib()


@cache
def _laad_matplotlib() -> None:
    """Import matplotlib once and make the shipped letter the only font it knows."""
    fonts = letter_map()
    with _tijdelijke_configuratie():
        import matplotlib
        from matplotlib import font_manager

        # Both are remembered on the first call; a later one would make a folder in the home of the user.
        matplotlib.get_configdir()
        matplotlib.get_cachedir()

    manager = font_manager.fontManager
    manager.ttflist.clear()
    for name in LETTERBESTANDEN:
        manager.addfont(str(fonts / name))
    manager.ttflist[:] = [replace(entry, name=LETTER) for entry in manager.ttflist]


_RC: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "voortgang",
    "figure.dpi": 72,
    "savefig.transparent": True,
    "font.family": [LETTER],
    "font.size": LETTERGROOTTE,
    "text.color": INKT,
    "text.parse_math": False,
    "axes.labelcolor": GRIJS,
    "axes.edgecolor": LIJN,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "axes.xmargin": 0.0,
    "axes.ymargin": 0.0,
    "xtick.color": INKT,
    "ytick.color": INKT,
    "xtick.major.size": 0.0,
    "ytick.major.size": 0.0,
    "xtick.major.pad": 5.0,
    "path.simplify": False,
}


def teken(hoogte_mm: float, schilder: Callable[["Figure"], None], breedte_mm: float = BREEDTE_MM) -> bytes:
    """Let `schilder` paint on an empty figure of this size and return it as SVG bytes (UTF-8).

    The same input gives the same bytes: no date, a fixed salt, only the shipped letter, no settings of the user.
    """
    laad_matplotlib()
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with mpl.rc_context():
        mpl.rcdefaults()
        # The stubs list every known setting as a literal; a dictionary of ours is not one.
        mpl.rcParams.update(cast(Any, _RC))
        figure = Figure(figsize=(breedte_mm / _MM_PER_INCH, hoogte_mm / _MM_PER_INCH))
        FigureCanvasSVG(figure)
        schilder(figure)
        out = io.BytesIO()
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return out.getvalue()
