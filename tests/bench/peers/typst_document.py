"""Peer (f): the same document in Typst, as the lower bound of typesetting.

Belongs here: the HTML that a run typesets (text and tables from the same register) as Typst, and a process that
compiles it. Figures, map, links and notes at the foot of a page are left out, and nothing is attached: it does less,
which is what a lower bound is for. Run: `python -m tests.bench.peers.typst_document RAPPORT.typ UIT.pdf`.
"""

import sys
from pathlib import Path
from typing import Any

import lxml.html

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_BLOCKS = ("p", "li", "dt", "dd", "figcaption", "caption")
_SKIPPED = ("script", "style", "svg", "head")
_PREAMBLE = """#set page(paper: "a4", margin: 20mm, numbering: "1")
#set text(font: "Source Sans 3", size: 10pt, lang: "nl")
#set table(stroke: 0.3pt, inset: 2pt)
"""


def as_typst(html: str) -> str:
    """The headings, paragraphs, lists and tables of the document, in their order."""
    lines = [_PREAMBLE]
    _walk(lxml.html.fromstring(html), lines)
    return "\n\n".join(lines) + "\n"


def _literal(text: str) -> str:
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'#"{plain}"'


def _walk(element: Any, lines: list[str]) -> None:
    tag = element.tag
    if not isinstance(tag, str) or tag in _SKIPPED:
        return
    if tag == "table":
        lines.append(_table(element))
    elif tag in _HEADINGS:
        lines.append(f"{'=' * _HEADINGS[tag]} {_literal(element.text_content())}")
    elif tag in _BLOCKS and element.find(".//table") is None and element.find(".//p") is None:
        lines.append(f"{'- ' if tag == 'li' else ''}{_literal(element.text_content())}")
    else:
        for child in element:
            _walk(child, lines)


def _table(table: Any) -> str:
    heads: list[str] = []
    rows: list[str] = []
    columns = 1
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        columns = max(columns, sum(int(cell.get("colspan", 1)) for cell in cells))
        told = ", ".join(
            f"table.cell(colspan: {cell.get('colspan', 1)}, rowspan: {cell.get('rowspan', 1)})"
            f"[{_literal(cell.text_content())}]"
            for cell in cells
        )
        if told:
            (heads if row.getparent().tag == "thead" else rows).append(told)
    head = f"table.header({', '.join(heads)}), " if heads else ""
    return f"#table(columns: {columns}, {head}{', '.join(rows)})"


def main() -> None:
    """Compile one file."""
    import typst

    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    typst.compile(str(source), output=str(out), font_paths=[str(source.parent / "fonts")])


if __name__ == "__main__":
    main()
