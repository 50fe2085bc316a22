"""Small pages for the tests of the tag tree, set as every document and as WeasyPrint sets them by itself."""

from collections.abc import Callable
from pathlib import Path

import pytest
import weasyprint

from pipeline.core.document.house_style import letter_map
from pipeline.core.document.meta import DocumentMeta
from pipeline.core.document.pdf import VARIANT, render_pdf
from tests.document.pdftekst import Pdf

Zet = Callable[..., Pdf]
_KOP = (
    '<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>Proef</title>'
    '<link rel="stylesheet" href="stijl.css"><style>@page {{ size: 100mm 80mm; margin: 15mm 5mm;'
    " @top-left {{ content: 'Kop' }} @top-right {{ content: none }} @bottom-left {{ content: 'Voet' }}"
    " @bottom-right {{ content: none }} }}"
    " h1 {{ margin: 0; font-size: 12pt }} .noot {{ float: footnote }} {css}</style></head>"
    "<body><h1>Titel</h1>{body}</body></html>"
)


@pytest.fixture
def zet(tmp_path: Path, meta: DocumentMeta) -> Zet:
    """Render a small page as every document is rendered."""

    def zet(body: str, css: str = "") -> Pdf:
        render_pdf(_KOP.format(css=css, body=body), tmp_path, tmp_path / "uit.pdf", meta)
        return Pdf(tmp_path / "uit.pdf")

    return zet


@pytest.fixture
def kaal(tmp_path: Path) -> Zet:
    """Render the same page as WeasyPrint does it by itself."""

    def kaal(body: str, css: str = "") -> Pdf:
        basis = f"{letter_map().parent.as_uri()}/"
        html = weasyprint.HTML(string=_KOP.format(css=css, body=body), base_url=basis)
        html.write_pdf(tmp_path / "kaal.pdf", pdf_variant=VARIANT)
        return Pdf(tmp_path / "kaal.pdf")

    return kaal
