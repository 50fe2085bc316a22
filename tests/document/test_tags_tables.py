"""Heads of cells, read back from the PDF: as HTML means them, with spans in every direction (WeasyPrint #2508)."""

from tests.document.pdftekst import Pdf
from tests.document.proefpagina import Zet, kaal, zet
from tests.document.tagboom import alle_ids, lees_tags

__all__ = ["kaal", "zet"]

_GEWOON = (
    '<table><thead><tr><th scope="col">Gemeente</th><th scope="col">Netto</th></tr></thead>'
    '<tbody><tr><th scope="row">Aadorp</th><td>1</td></tr></tbody></table>'
)
_BREED = """<table><thead>
<tr><th scope="col" rowspan="2">Gemeente</th><th scope="colgroup" colspan="2">Saldo</th>
<th scope="col" rowspan="2">Stand</th></tr>
<tr><th scope="col">begin</th><th scope="col">eind</th></tr></thead>
<tbody>
<tr><th scope="rowgroup" rowspan="2">Noord</th><td>n1</td><td>n2</td><td>n3</td></tr>
<tr><td>n4</td><td>n5</td><td>n6</td></tr>
</tbody><tbody>
<tr><th scope="row">Zuid</th><td colspan="2">z1</td><td>z2</td></tr>
<tr><th scope="row">West</th><td>w1</td><td rowspan="2">w2</td><td>w3</td></tr>
<tr><th scope="row">Oost</th><td>o1</td><td>o2</td></tr>
</tbody></table>"""


def koppen_van(pdf: Pdf) -> dict[str, list[str]]:
    """The texts of the heads of every cell by its own text, found by way of the list of identifiers."""
    boom = lees_tags(pdf)
    teksten = {tag.pike.objgen: tag.tekst for tag in boom.alle("TH")}
    ids = alle_ids(pdf)
    return {cel.tekst: [teksten[ids[kop].objgen] for kop in cel.koppen] for cel in boom.alle("TD")}


def test_scope_nog_nodig(kaal: Zet) -> None:
    assert [cel.kenmerk("/Scope") for cel in lees_tags(kaal(_GEWOON)).alle("TH")] == [None, None, None]


def test_scope(zet: Zet) -> None:
    cellen = [(cel.tekst, str(cel.kenmerk("/Scope"))) for cel in lees_tags(zet(_BREED)).alle("TH")]
    assert cellen == [
        ("Gemeente", "/Column"),
        ("Saldo", "/Column"),
        ("Stand", "/Column"),
        ("begin", "/Column"),
        ("eind", "/Column"),
        ("Noord", "/Row"),
        ("Zuid", "/Row"),
        ("West", "/Row"),
        ("Oost", "/Row"),
    ]


def test_koppen_bij_samengevoegde_cellen_nog_nodig(kaal: Zet) -> None:
    boom = lees_tags(kaal(_BREED))
    ids = {tag.id: tag.tekst for tag in boom.alle("TH")}
    cel = {tag.tekst: [ids.get(kop) for kop in tag.koppen] for tag in boom.alle("TD")}
    assert set(cel["n6"]) != {"Stand", "Noord"}


def test_koppen_bij_samengevoegde_cellen(zet: Zet) -> None:
    assert koppen_van(zet(_BREED)) == {
        "n1": ["Saldo", "begin", "Noord"],
        "n2": ["Saldo", "eind", "Noord"],
        "n3": ["Stand", "Noord"],
        "n4": ["Saldo", "begin", "Noord"],
        "n5": ["Saldo", "eind", "Noord"],
        "n6": ["Stand", "Noord"],
        "z1": ["Saldo", "begin", "eind", "Zuid"],
        "z2": ["Stand", "Zuid"],
        "w1": ["Saldo", "begin", "West"],
        "w2": ["Saldo", "eind", "West", "Oost"],
        "w3": ["Stand", "West"],
        "o1": ["Saldo", "begin", "Oost"],
        "o2": ["Stand", "Oost"],
    }


def test_kop_van_een_rij_kent_zijn_kolom(zet: Zet) -> None:
    boom = lees_tags(zet(_GEWOON))
    gemeente, netto, aadorp = boom.alle("TH")
    assert (gemeente.koppen, netto.koppen, aadorp.koppen) == ((), (), (gemeente.id,))


def test_zonder_scope_volgt_zij_uit_de_plaats(zet: Zet) -> None:
    pdf = zet(_BREED.replace(' scope="col"', "").replace(' scope="row"', "").replace(' scope="colgroup"', ""))
    assert koppen_van(pdf)["w1"] == ["Saldo", "begin", "West"]


def test_rijgroep_geldt_tot_het_eind_van_haar_deel(zet: Zet) -> None:
    body = (
        '<table><thead><tr><th scope="col">Deel</th><th scope="col">Naam</th><th scope="col">Aantal</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup">A</th><th scope="row">a</th><td>1</td></tr>'
        '<tr><td>-</td><th scope="row">b</th><td>2</td></tr></tbody>'
        '<tbody><tr><td>--</td><th scope="row">c</th><td>3</td></tr></tbody></table>'
    )
    koppen = koppen_van(zet(body))
    assert (koppen["1"], koppen["2"], koppen["3"]) == (
        ["Aantal", "A", "a"],
        ["Aantal", "A", "b"],
        ["Aantal", "c"],
    )


def test_tabel_zonder_rijen_en_tabel_in_een_cel(zet: Zet) -> None:
    pdf = zet(
        '<table><thead><tr><th scope="col">a</th></tr></thead><tbody></tbody></table>'
        f'<table><thead><tr><th scope="col">b</th></tr></thead><tbody><tr><td>{_GEWOON}</td></tr></tbody></table>'
    )
    assert koppen_van(pdf) == {"1": ["Netto", "Aadorp"], "Gemeente Netto Aadorp 1": ["b"]}


def test_lijst_van_kenmerken_nog_nodig(kaal: Zet) -> None:
    assert alle_ids(kaal(_GEWOON)) == {}


def test_lijst_van_kenmerken_is_gesorteerd_en_volledig(zet: Zet) -> None:
    pdf = zet(_BREED + _GEWOON)
    namen = [str(naam) for naam in pdf.pike.Root["/StructTreeRoot"]["/IDTree"]["/Names"][::2]]
    assert namen == sorted(namen)
    assert sorted(namen) == sorted(tag.id or "" for tag in lees_tags(pdf).alle("TH"))
