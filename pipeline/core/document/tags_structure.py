"""Repairs of the shape of the tag tree: one element of the HTML is one tag, in its place.

Belongs here: moving and merging. Each function mends one fault of WeasyPrint 70 and may be deleted with its test once
WeasyPrint does so itself. Not here: attributes (tags_attributes.py) and tables (tags_tables.py).
"""

from typing import Any

from pipeline.core.document.tags_tree import Tag, Tagboom

# Tags that may hold text themselves. Others group, and keep the span around it.
_MET_TEKST = frozenset(
    f"/{soort}" for soort in ("P", "H1", "H2", "H3", "H4", "H5", "H6", "TH", "TD", "LBody", "Lbl", "Caption", "Span",
                              "Link", "Note", "Reference")
)  # fmt: skip


def ontvlecht_koppelingen(boom: Tagboom) -> None:
    """What the style sheet puts before or after a link is text of that link, no link within a link (WeasyPrint #185).

    The second annotation goes when it lies within the first: a reader with a keyboard would stop at it again.
    """
    for tag in boom.alle():
        if tag["S"] != "/Link":
            continue
        delen: list[Any] = []
        kader = next((a["Rect"] for deel in tag["K"] if (a := boom.annotatie(deel))), None)
        for deel in tag["K"]:
            kind = None if isinstance(deel, int) else boom.bij(deel)
            if kind is None or kind.get("S") != "/Link":
                delen.append(deel)
                continue
            for binnen in list(kind["K"]):
                annotatie = boom.annotatie(binnen)
                if annotatie is not None and kader is not None and _binnen(annotatie["Rect"], kader):
                    boom.wis_annotatie(annotatie)
                    boom.bij(binnen).clear()
                    kind["K"].remove(binnen)
            delen += boom.ontruim(kind, tag)
        tag["K"][:] = delen


def _binnen(rect: Any, kader: Any) -> bool:
    """Whether a rectangle lies within another, in points and to half a point."""
    (x1, x2), (y1, y2) = sorted(rect[::2]), sorted(rect[1::2])
    (a1, a2), (b1, b2) = sorted(kader[::2]), sorted(kader[1::2])
    return bool(a1 - 0.5 <= x1 and x2 <= a2 + 0.5 and b1 - 0.5 <= y1 and y2 <= b2 + 0.5)


def bundel_lijstinhoud(boom: Tagboom) -> None:
    """An item of a list has one body, also when it holds paragraphs (WeasyPrint #2482): LI = Lbl, LBody."""
    for tag in boom.alle():
        if tag["S"] != "/LI":
            continue
        soorten = [kind["S"] for kind in boom.kinderen(tag)]
        if soorten in (["/Lbl"], ["/LBody"], ["/Lbl", "/LBody"]):
            continue
        label = [deel for deel in tag["K"] if not isinstance(deel, int) and boom.bij(deel).get("S") == "/Lbl"]
        inhoud = [deel for deel in tag["K"] if deel not in label]
        lijf = boom.nieuw("/LBody", tag)
        for deel in inhoud:
            kind = None if isinstance(deel, int) else boom.bij(deel)
            if kind is not None and kind.get("S") == "/LBody":
                kind["S"] = "/P"
            lijf["K"].append(boom.geef(lijf, tag, deel))
        tag["K"][:] = [*label, lijf.reference]


def maak_noten(boom: Tagboom) -> None:
    """A footnote is a Note with an identifier, right behind the Reference to it (WeasyPrint has neither).

    The area at the foot of the page, which only holds notes, leaves the tree.
    """
    roepers: dict[Any, Tag] = {}
    noten: dict[Any, list[Tag]] = {}
    for tag in boom.alle():
        bron = boom.bron(tag)
        if bron.naam.endswith("::footnote-call"):
            tag["S"] = "/Reference"
            roepers[bron.element] = tag
        elif bron.naam.endswith("::footnote-marker"):
            tag["S"] = "/Lbl"
            noten.setdefault(bron.element, []).append(boom.bij(tag["P"]))
    for element, (noot, *_) in noten.items():
        noot["S"] = "/Note"
        boom.geef_id(noot, f"noot-{noot.number}")
        if element in roepers:
            _zet_achter(boom, noot, roepers[element])


def _zet_achter(boom: Tagboom, noot: Tag, roeper: Tag) -> None:
    vak, ouder = boom.bij(noot["P"]), boom.bij(roeper["P"])
    vak["K"].remove(noot.reference)
    plek = ouder["K"].index(roeper.reference) + 1
    ouder["K"].insert(plek, boom.geef(ouder, vak, noot.reference))
    if not vak["K"]:
        boom.bij(vak["P"])["K"].remove(vak.reference)
        vak.clear()


def haal_tekst_uit_spans(boom: Tagboom) -> None:
    """No span around each run of text (WeasyPrint #2482): half of all tags, and each says nothing."""
    for tag in boom.alle():
        if tag["S"] not in _MET_TEKST:
            continue
        delen: list[Any] = []
        for deel in tag["K"]:
            kind = None if isinstance(deel, int) else boom.bij(deel)
            if kind is not None and kind["Type"] == "/StructElem" and boom.is_tekst(kind):
                delen += boom.ontruim(kind, tag)
            else:
                delen.append(deel)
        tag["K"][:] = delen


def voeg_fragmenten_samen(boom: Tagboom) -> None:
    """An element that was cut by a page is one tag again (WeasyPrint #2903)."""
    stapel = [boom.document]
    while stapel:
        # Only what was put together can hold two parts of one element again.
        stapel += _voeg_kinderen_samen(boom, stapel.pop())


def _voeg_kinderen_samen(boom: Tagboom, ouder: Tag) -> list[Tag]:
    """Join parts of the same element on following pages among the children of a tag; the tags that grew."""
    eerste: dict[Any, Tag] = {}
    laatste_pagina: dict[Any, int] = {}
    gegroeid: dict[int, Tag] = {}
    delen: list[Any] = []
    for deel in ouder["K"]:
        kind = None if isinstance(deel, int) else boom.bij(deel)
        bron = boom.bron(kind) if kind is not None and kind["Type"] == "/StructElem" else None
        if kind is None or bron is None or bron.element is None:
            delen.append(deel)
            continue
        sleutel, pagina = (bron.element, bron.naam, kind["S"]), boom.pagina(kind)
        doel = eerste.get(sleutel)
        if doel is not None and laatste_pagina[sleutel] < pagina:
            doel["K"] += boom.ontruim(kind, doel)
            gegroeid[doel.number] = doel
        else:
            # Twice on one page: two blocks of loose text in one element, of which the last may go on.
            eerste[sleutel] = kind
            delen.append(deel)
        laatste_pagina[sleutel] = pagina
    ouder["K"][:] = delen
    return list(gegroeid.values())


def voeg_koppelregels_samen(boom: Tagboom) -> None:
    """A link that runs over two lines is one link with two places to click (WeasyPrint makes two)."""
    for tag in boom.alle():
        doel: Tag | None = None
        for kind in boom.kinderen(tag):
            if doel is not None and kind["S"] == "/Link" and boom.bron(kind).element is boom.bron(doel).element:
                tag["K"].remove(kind.reference)
                doel["K"] += boom.ontruim(kind, doel)
            else:
                doel = kind if kind["S"] == "/Link" else None
