"""Repairs of what hangs on a tag: language, place of a figure, text of a link, identifiers.

Belongs here: attributes that follow from the HTML or from the page. None of these moves a tag. WeasyPrint 70 leaves
each of them out or writes it wrong; no issue is open for them.
"""

import pydyf

from pipeline.core.document.tags_tree import Tag, Tagboom

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# CSS counts in pixels of 1/96 inch, PDF in points of 1/72.
_PUNT_PER_PIXEL = 0.75


def noem_talen(boom: Tagboom) -> None:
    """A part in another language than what it stands in says so (WeasyPrint only writes that of the document)."""
    stapel: list[tuple[Tag, str | None]] = [(boom.document, boom.taal)]
    while stapel:
        tag, taal = stapel.pop()
        bron = boom.bron(tag)
        if bron.element is not None and not bron.is_pseudo:
            eigen = bron.element.get("lang") or bron.element.get(_XML_LANG)
            if eigen and eigen != taal:
                taal = eigen
                tag["Lang"] = pydyf.String(eigen)
        stapel += [(kind, taal) for kind in boom.kinderen(tag)]


def zet_figuurkaders(boom: Tagboom) -> None:
    """The frame of a figure in points from the lower left corner (WeasyPrint: pixels from the upper left one)."""
    for tag in boom.alle():
        if tag["S"] == "/Figure":
            _, onder, _, boven = boom.bij(tag["Pg"])["MediaBox"]
            hoogte = boven - onder
            x1, y1, x2, y2 = (waarde * _PUNT_PER_PIXEL for waarde in tag["A"]["BBox"])
            tag["A"]["BBox"] = pydyf.Array((x1, hoogte - y2, x2, hoogte - y1))


def noem_koppelingen(boom: Tagboom) -> None:
    """A link is announced by its own text (WeasyPrint: by the name of its target)."""
    links = [tag for tag in boom.alle() if tag["S"] == "/Link"]
    for tag in links:
        tekst = boom.koppeltekst(tag)
        for deel in tag["K"]:
            annotatie = boom.annotatie(deel)
            if annotatie is not None:
                annotatie["Contents"] = pydyf.String(tekst)


def schrijf_id_boom(boom: Tagboom) -> None:
    """The identifiers of the tags are found by name (WeasyPrint writes identifiers without that list)."""
    if boom.ids:
        namen = pydyf.Array()
        for naam, verwijzing in sorted(boom.ids.items()):
            namen += [pydyf.String(naam), verwijzing]
        boom.wortel["IDTree"] = pydyf.Dictionary({"Names": namen})
