"""The sheet itself: one page whatever there is to say, read back from the PDF; its charts and what they say."""

import io
import re
import subprocess
import zlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.core.document import sheet_pool
from pipeline.core.document.sheet import Blad, Bladmaker
from pipeline.core.document.sheet_charts import Verdeling, alt_verdeling, teken_verdeling
from pipeline.core.document.sheet_merge import Bundel
from pipeline.core.document.sheet_pool import Opdracht, opdrachten_van, zet_blad, zet_bladen
from pipeline.core.document.validation import bezwaren, keur
from pipeline.core.errors import DocumentFout
from pipeline.core.figures import Cijfer, Register
from pipeline.core.sheets.figures import Bladbron, Gemeente
from tests.document import verapdf
from tests.document.pdftekst import Pdf

Gemeenten = dict[str, Gemeente]
SHOWN = ("Ameland", "Amsterdam", "'s-Gravenhage", "Nuenen, Gerwen en Nederwetten")


@pytest.fixture(scope="module")
def orders(source: Bladbron, gemeente: Gemeenten) -> list[Opdracht]:
    maker = Bladmaker(source.register, source.meta)
    wanted = [gemeente[naam] for naam in SHOWN]
    cover = ("het voorblad", "bundel", maker.voorblad(wanted))
    return opdrachten_van([cover, *((one.naam, one.code, maker.blad(one)) for one in wanted)])


@pytest.fixture(scope="module")
def pages(orders: list[Opdracht], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages, set one after another in this process."""
    folder = tmp_path_factory.mktemp("bladen")
    for order, pdf in zip(orders, zet_bladen(orders, 1), strict=True):
        (folder / f"{order.voorvoegsel}.pdf").write_bytes(pdf)
    return {order.naam: folder / f"{order.voorvoegsel}.pdf" for order in orders}


def read(path: Path) -> str:
    (page,) = Pdf(path).paginas
    return " ".join(page.split())


def page_texts(path: Path) -> list[str]:
    """The text of each page as another reader than ours finds it."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, encoding="utf-8")
    return [" ".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def test_figures_of_the_register(pages: dict[str, Path]) -> None:
    amsterdam = read(pages["Amsterdam"])
    for piece in ("965", "912", "862", "45,9%", "1.015", "833.624 inwoners", "Amsterdam een achterstand van 1.015."):
        assert piece in amsterdam
    assert "135 januari 190 februari 131 maart 131 april 143 mei 132 juni" in amsterdam
    assert "Met 250.000 of meer inwoners 4 4 van 4 60,8% 0" in amsterdam
    nuenen = read(pages["Nuenen, Gerwen en Nederwetten"])
    assert "Met 20.000 tot 50.000 inwoners 191 165 van 190 79,2% 52" in nuenen
    assert "Nuenen, Gerwen en Nederwetten 48,7%" in nuenen


def test_for_whom_it_is_and_its_marks(pages: dict[str, Path]) -> None:
    for naam, path in pages.items():
        text = read(path)
        assert "intern gebruik" in text and "niet afgerond" in text
        assert "Concept" in text and "verzonnen" not in text, naam


def test_without_taakstelling_there_is_no_percentage(pages: dict[str, Path]) -> None:
    ameland = read(pages["Ameland"])
    assert "Geen vergunninghouder is gehuisvest; de gecorrigeerde taakstelling was 0." in ameland
    assert "Ameland heeft geen percentage" in ameland
    # None of its size has one either, so that the dots are those of its province.
    assert "gemeenten in Friesland" in ameland
    assert "Met minder dan 5.000 inwoners 5 n.v.t. n.v.t. 5" in ameland


@pytest.mark.parametrize("concept", [True, False])
def test_one_page_with_all_koppelingen_and_a_name_of_two_hundred(
    source: Bladbron, gemeente: Gemeenten, tmp_path: Path, concept: bool
) -> None:
    """The edition has no persons; with them a sheet has its two tables."""
    register = _Gekoppeld(source.register, Decimal(12_345))
    long = replace(gemeente["Ede"], naam="Lange naam met ’s-Graven en Súdwest " * 6, provincie="Zuid-Holland " * 16)
    meta = replace(source.meta, concept=concept, voorbeeld=True)
    path = tmp_path / "lang.pdf"
    path.write_bytes(zet_blad(Opdracht("lang", Bladmaker(register, meta).blad(long), "")))
    text = read(path)
    assert "Zonder aanbod, langer dan de norm 12.345 12.345" in text
    assert "Meer dan 26 weken 12.345 12.345" in text
    assert ("Concept" in text, "erzonnen personen" in text) == (concept, True)


class _Gekoppeld(Register):
    """A register in which every figure on koppelingen has one value."""

    def __init__(self, register: Register, waarde: Decimal) -> None:
        self._register, self._waarde, self.definities = register, waarde, register.definities

    def cijfer(self, cijfer_id: str, gebied: str = "NL") -> Cijfer:
        found = self._register.cijfer(cijfer_id, gebied)
        return replace(found, waarde=self._waarde) if cijfer_id.startswith("koppelingen.") else found


def test_without_koppelingen_it_says_so(pages: dict[str, Path]) -> None:
    for naam in SHOWN:
        assert "Voor dit halfjaar zijn geen koppelingen geleverd." in read(pages[naam])


def test_same_bytes_in_a_pool_and_in_another_order(
    orders: list[Opdracht], pages: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_pool, "_MINST_PER_PROCES", 1)
    monkeypatch.setattr(sheet_pool, "_PER_KEER", 1)
    turned = orders[::-1]
    for order, pdf in zip(turned, zet_bladen(turned, 2), strict=True):
        assert pdf == pages[order.naam].read_bytes(), order.naam


def test_together_they_are_valid_with_a_bookmark_each(pages: dict[str, Path], tmp_path: Path) -> None:
    def whole() -> bytes:
        bundle = Bundel(pages["het voorblad"].read_bytes())
        for naam in SHOWN:
            bundle.voeg_toe(pages[naam].read_bytes(), naam)
        return bundle.inhoud()

    path = tmp_path / "samen.pdf"
    path.write_bytes(whole())
    assert [verapdf.keur(path, profile).fouten for profile in ("ua1", "3a")] == [(), ()]
    assert path.read_bytes() == whole()
    texts = page_texts(path)
    assert len(texts) == 1 + len(SHOWN)
    assert "Amsterdam 3" in texts[0]
    assert texts[1:] == [page_texts(pages[naam])[0] for naam in SHOWN]


def test_a_stream_never_ends_in_half_an_end_of_line(pages: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Text that is compressed to a last byte of a carriage return; the judge of every bundle refuses it."""
    content = next(
        text for text in (b"q Q %" + b"a" * number for number in range(256)) if zlib.compress(text).endswith(b"\r")
    )
    with pikepdf.open(pages["Ameland"]) as pdf:
        extra = pdf.make_stream(zlib.compress(content), Filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].contents_add(extra)
        changed = io.BytesIO()
        pdf.save(changed)

    def whole() -> bytes:
        bundle = Bundel(pages["het voorblad"].read_bytes())
        bundle.voeg_toe(changed.getvalue(), "Ameland")
        return bundle.inhoud()

    assert bezwaren(keur(whole())) == ()
    monkeypatch.setattr("pipeline.core.document.sheet_merge._eenduidig_einde", lambda _: None)
    assert "STREAM-LENGTH" in str(bezwaren(keur(whole())))


def test_bookmarks_and_tags_lead_to_their_page(pages: dict[str, Path]) -> None:
    bundle = Bundel(pages["het voorblad"].read_bytes())
    for naam in SHOWN:
        bundle.voeg_toe(pages[naam].read_bytes(), naam)
    pdf: Any
    with pikepdf.open(io.BytesIO(bundle.inhoud())) as pdf, pdf.open_outline() as outline:
        root = pdf.Root.StructTreeRoot
        assert [(item.title, item.destination[0]) for item in outline.root] == [
            (naam, pdf.pages[number].obj) for number, naam in enumerate(SHOWN, 1)
        ]
        assert [part.K[0].Pg for part in root.K[0].K] == [page.obj for page in pdf.pages]
        keys = [int(root.ParentTree.Nums[n]) for n in range(0, 2 * len(pdf.pages), 2)]
        assert keys == [int(page.obj.StructParents) for page in pdf.pages] == list(range(len(pdf.pages)))
        fonts = [page.Resources.Font[name] for page in pdf.pages for name in page.Resources.Font]
        assert len({str(font.BaseFont) for font in fonts}) == len(fonts) > len(SHOWN)
        assert all(font.BaseFont == font.DescendantFonts[0].BaseFont for font in fonts)
        ids = list(root.IDTree.Names)
        names = [str(name) for name in ids[::2]]
        assert names == sorted(set(names)) and len(names) > 4 * 8


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>x</h1>" + "<p>regel</p>" * 200, "past niet op één bladzijde, maar neemt er"),
        ("<h1>漢字</h1>", "unsupported by fonts"),
        ('<h1>x</h1><img src="weg.svg" alt="y">', "kan niet worden gezet"),
    ],
)
def test_what_is_no_sheet_is_refused(body: str, said: str) -> None:
    html = f'<!DOCTYPE html><html lang="nl"><head><title>t</title></head><body>{body}</body></html>'
    with pytest.raises(DocumentFout, match=said):
        zet_blad(Opdracht("proef", Blad(html, {}), ""))


def figure(value: str | None, unit: str = "procent") -> Cijfer:
    return Cijfer("x", "GM", None if value is None else Decimal(value), unit, "", "")


def place(value: str) -> Cijfer:
    return figure(value, "plaats")


@pytest.mark.parametrize("samen", [str(tenth / 10) for tenth in range(-50, 2_000, 7)])
def test_no_text_on_another_below_the_dots(samen: str) -> None:
    chart = teken_verdeling(
        Verdeling("Ede", "gemeenten", figure("50.0"), (figure("50.0"),), figure(samen), figure("1"), figure("2"))
    )
    spans = []
    for x, y, anchor, text in re.findall(r'<text x="(.*?)" y="(.*?)" text-anchor="(\w+)".*?>(.*?)</text>', chart):
        width = 4.6 * len(text)
        left = float(x) - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        spans.append((float(y), left, left + width))
    for y, left, right in spans:
        assert -1 <= left <= right <= 517
        assert all(right <= l2 or left >= r2 for y2, l2, r2 in spans if y2 == y and (l2, r2) != (left, right))


def test_what_the_dots_say() -> None:
    other = (figure("100.0"), figure("20.0"))
    told = alt_verdeling(
        Verdeling("Ede", "gemeenten in Gelderland", figure("50.0"), other, figure("60.5"), place("2"), place("3"))
    )
    assert told.endswith("Ede staat met 50,0% op plaats 2 van 3. Samen haalde de groep 60,5%.")
    without = alt_verdeling(Verdeling("Ede", "g", figure(None), other, figure("60.5"), figure(None), figure("2")))
    assert "Ede staat er niet bij" in without
