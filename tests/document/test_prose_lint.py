"""Untruths planted in the prose, each refused with its file and line; the real prose passes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.core.document.prose_lint import lees_toegestaan
from pipeline.core.document.templating import SJABLONEN
from pipeline.core.document.texts import Teksten, lees_teksten
from pipeline.core.errors import TekstFout
from pipeline.core.house import house_path
from tests.document.geheugen import GeheugenRegister

SJABLOON = house_path("report_templates") / SJABLONEN
META = {"halfjaar": "het eerste halfjaar van 2016", "peildatum": "1 juli 2016", "editie": "1"}
Beoordeel = Callable[[str], Teksten]


@pytest.fixture
def beoordeel(register: GeheugenRegister, tmp_path: Path) -> Beoordeel:
    """Texts of one section with this sentence on line 4, judged with the allow-list of the house."""

    def beoordeel(zin: str) -> Teksten:
        (tmp_path / "tekst/standaard").mkdir(parents=True, exist_ok=True)
        shutil.copy(SJABLOON / "tekst/toegestaan.csv", tmp_path / "tekst")
        (tmp_path / "tekst/standaard/opvang.md").write_text(f"## stand\n\nEen gewone zin.\n{zin}\n", encoding="utf-8")
        waarden = register.met("opvang.totaal", 15_043).met("koppelingen.langer_dan_norm", 6_020)
        return Teksten(waarden, tmp_path, "2016-I", META)

    return beoordeel


ONWAAR = {
    "getal": ("Er waren 14.957 vergunninghouders in de opvang.", "14.957"),
    "percentage": ("Dat is 80,5 van de honderd.", "80,5"),
    "jaartal": ("Dat is voor het eerst sinds 2010.", "2010"),
    "breukteken": ("Dat is ½ van de gemeenten.", "½"),
    "romeins teken": ("Dat zijn Ⅻ gemeenten.", "Ⅻ"),
    "telwoord": ("In twaalf gemeenten is dat zo.", "twaalf"),
    "één": ("In één gemeente is dat zo.", "één"),
    "samengesteld telwoord": ("In tweeëntwintig gemeenten is dat zo.", "tweeëntwintig"),
    "honderden": ("Er wachten vijfhonderd mensen.", "vijfhonderd"),
    "duizenden": ("Er wachten duizenden mensen.", "duizenden"),
    "miljoen": ("Dat kost anderhalf miljoen.", "miljoen"),
    "geen": ("Er liggen geen gemeenten achter.", "geen"),
    "helft": ("De helft van de gemeenten ligt achter.", "helft"),
    "derde": ("Een derde wacht nog.", "derde"),
    "kwart": ("Driekwart wacht nog.", "Driekwart"),
    "tweederde": ("Tweederde wacht nog.", "Tweederde"),
    "rangtelwoord": ("Het is de vijfde keer.", "vijfde"),
    "gestegen": ("De achterstand is gestegen.", "gestegen"),
    "gedaald": ("De achterstand is gedaald.", "gedaald"),
    "daling": ("De daling zet door.", "daling"),
    "neemt toe": ("De instroom neemt in dit halfjaar toe.", "neemt"),
    "toegenomen": ("De instroom is toegenomen.", "toegenomen"),
    "verdubbeld": ("Het aantal is verdubbeld.", "verdubbeld"),
    "gehalveerd": ("Het aantal is gehalveerd.", "gehalveerd"),
    "groei": ("De groei houdt aan.", "groei"),
    "de meeste": ("De meeste gemeenten hebben voldaan.", "meeste"),
    "het grootste deel": ("Het grootste deel wacht.", "grootste"),
    "alle": ("Alle gemeenten hebben voldaan.", "Alle"),
    "niemand": ("Er wacht niemand.", "niemand"),
    "nauwelijks": ("Er is nauwelijks vooruitgang.", "nauwelijks"),
    "meer dan": ("Het zijn er meer dan vorig jaar.", "meer"),
    "minder": ("Het zijn er minder.", "minder"),
    "veel": ("Er wachten veel mensen.", "veel"),
    "weinig": ("Er zijn weinig woningen.", "weinig"),
    "hoger": ("De taakstelling is hoger dan de vorige.", "hoger"),
    "aanzienlijk": ("Dat is een aanzienlijk verschil.", "aanzienlijk"),
    "record": ("Het is een recordaantal.", "recordaantal"),
    "gelijk gebleven": ("Het aantal is gelijk gebleven.", "gelijk"),
    "eigen bijna": ('Er waren bijna {{ cijfer("opvang.totaal") }} mensen.', "bijna"),
    "eigen ca.": ('Er waren ca. {{ cijfer("opvang.totaal") }} mensen.', "ca."),
    "eigen procent": ('Dat is {{ cijfer("stand.achter") }} procent.', "procent"),
    "eigen procentteken": ('Dat is {{ cijfer("stand.achter") }}%.', "%"),
    "eigen duizend": ('Er zijn {{ cijfer("stand.achter") }} duizend mensen.', "duizend"),
    "minteken": ('Het saldo is -{{ cijfer("saldo.eind") }}.', "verandert het teken"),
    "twee waarden aaneen": ('Er zijn {{ cijfer("stand.achter") }}.{{ cijfer("stand.voor") }} mensen.', "aan elkaar"),
    "cijfer achter waarde": ('Er zijn {{ cijfer("stand.achter") }}0 mensen.', "0"),
    "onbekend cijfer": ('Er zijn {{ cijfer("opvang.totaaal") }} mensen.', "opvang.totaaal"),
    "onbekend cijfer in een vraag": ('{% if bekend("opvang.totaaal") %}Ja.{% endif %}', "opvang.totaaal"),
    "verandering van een stand": ('Het is {{ verandering("opvang.totaal") }}.', "is geen verschil"),
    "saldo van een stand": ('Zij hebben {{ saldo("opvang.totaal") }}.', "is geen saldo"),
    "woord in een hulp": ('{{ meervoud("stand.achter", "gemeente meer", "gemeenten meer") }}', "meer"),
    "woord in vorm": ('Het aantal is {{ vorm("stand.achter", "gedaald", "gestegen") }}.', "gestegen"),
    "woord in een keuze": ('Het is {{ "gestegen" if positief("saldo.eind") else "anders" }}.', "gestegen"),
    "getal in een keuze": ('Het zijn er {{ "12" if positief("saldo.eind") else "veertig" }}.', "veertig"),
    "opmaak in een woord": ("De achterstand is ge*ste*gen.", "gestegen"),
    "opmaak om een getal": ("Er waren **14.957** mensen.", "14.957"),
    "zacht afbreekstreepje": ("De achterstand is ge\u00adstegen.", "SOFT HYPHEN"),
    "cyrillische letter": ("De achterstand is gest\u0435gen.", "CYRILLIC"),
    "commentaar in een woord": ("Het is ver{# #}dubbeld.", "staat vast aan een woord"),
    "vraag in een woord": ('Het is ge{% if bekend("opvang.totaal") %}stegen{% endif %}.', "staat vast aan een woord"),
    "letterlijk blok": ("Er waren {% raw %}14{% endraw %} mensen.", "14"),
    "losse tekst": ('Er waren {{ "14" }} mensen.', "mag niet tussen accolades"),
    "los getal": ("Er waren {{ 14 }} mensen.", "mag niet tussen accolades"),
    "rekenen": ('Er waren {{ cijfer("stand.achter") ~ "0" }} mensen.', "mag niet tussen accolades"),
    "filter": ('Er waren {{ cijfer("stand.achter") | replace("2", "3") }}.', "mag niet tussen accolades"),
    "zetten": ('{% set x = cijfer("stand.achter") %}', "mag niet in een tekst"),
    "lus": ('{% for x in "abc" %}a{% endfor %}', "mag niet in een tekst"),
    "vergelijken": ('{% if cijfer("stand.achter") == "2" %}Ja.{% endif %}', "is geen vraag"),
    "naam uit de lucht": ("Er waren {{ cijfer(naam) }} mensen.", "iets anders dan vaste woorden"),
    "andere hulp": ('Er waren {{ dict("a") }} mensen.', "is hier geen hulp"),
    "afrondingswoord van eigen maak": ('{{ ongeveer("opvang.totaal", "zowat") }}', "is geen woord om mee af te ronden"),
    "meta die er niet is": ("Dit is editie {{ meta.editie }}.", "meta.editie"),
    "onleesbaar": ('Er waren {{ cijfer("stand.achter" }}.', "is niet te lezen"),
}  # fmt: skip


@pytest.mark.parametrize(("zin", "gevonden"), ONWAAR.values(), ids=ONWAAR)
def test_wat_geen_hulp_maakte_wordt_geweigerd(beoordeel: Beoordeel, zin: str, gevonden: str) -> None:
    with pytest.raises(TekstFout, match=r"niet te herleiden") as fout:
        beoordeel(zin)
    assert any("tekst/standaard/opvang.md, regel 4: " in regel and gevonden in regel for regel in fout.value.regels)


@pytest.mark.parametrize(
    ("zin", "onwaar"),
    [
        ('Er waren {{ bijna("opvang.totaal") }} mensen.', "'bijna' is niet waar: opvang.totaal is 15.043"),
        ('Er waren {{ ongeveer("opvang.totaal", "bijna") }} mensen.', "waar is 'ruim 15.000'"),
        ('Er waren {{ ongeveer("opvang.totaal", woord="bijna") }} mensen.', "waar is 'ruim 15.000'"),
        ('Er waren {{ bijna("koppelingen.langer_dan_norm") }} mensen.', "'bijna' is niet waar"),
    ],
)
def test_een_onwaar_afrondingswoord_noemt_bestand_regel_en_waarde(beoordeel: Beoordeel, zin: str, onwaar: str) -> None:
    teksten = beoordeel(zin)
    with pytest.raises(TekstFout) as fout:
        teksten.tekst("opvang", "stand")
    assert str(fout.value).startswith("tekst/standaard/opvang.md, regel 4, sectie 'stand': ")
    assert onwaar in str(fout.value)


@pytest.mark.parametrize(
    "zin",
    [
        "De Afdeling deed uitspraak op 8 augustus 2018 (ECLI:NL:RVS:2018:2647).",
        "Zie Kamerstukken II 2015/16, 19637, nr. 2182.",
        "Zie artikel 8, onder a, van de Vreemdelingenwet 2000 en artikel 29, eerste lid, van de Huisvestingswet 2014.",
        "Op een vel A4.",
        "Wie wacht langer\ndan de norm?",
        'Dat was op {{ datum("2016-09-29") }}: {{ ruim("opvang.totaal") }}.',
        '{{ ongeveer("opvang.totaal") | hoofdletter }} mensen, {{ "wel" if bekend("opvang.totaal") else "niet" }}.',
        "{# 12 gemeenten: een opmerking voor de schrijver #}\nEen zin met een gemeente.",
        '- {{ cijfer("stand.achter") }} achter\n- {{ cijfer("stand.voor") }} voor',
    ],
)
def test_wat_mag(beoordeel: Beoordeel, zin: str) -> None:
    beoordeel(zin).tekst("opvang", "stand")


def test_elke_bevinding_komt_met_haar_regel(beoordeel: Beoordeel) -> None:
    with pytest.raises(TekstFout) as fout:
        beoordeel('Er waren er twaalf.\n{% if bekend("opvang.totaal") %}\nEn veel.\n{% endif %}\n\nEn 5.')
    assert [regel.split(": ")[0][-2:].strip() + regel.split("'")[1] for regel in fout.value.regels] == [
        "4twaalf",
        "6veel",
        "9" + "5.",
    ]


def test_de_echte_tekst_is_te_herleiden(register: GeheugenRegister) -> None:
    teksten = Teksten(register, SJABLOON, "2016-I", META)
    assert len(teksten.hoofdstukken) == 9
    assert teksten.in_te_vullen() == ("werkzaamheden/werkzaamheden",)


def test_elke_uitzondering_is_nodig_en_heeft_een_reden() -> None:
    """A phrase that no text uses any more would allow a later untruth; dates and the like may wait for a text."""
    alles = "\n".join(sectie.tekst for secties in lees_teksten(SJABLOON).values() for sectie in secties.values())
    kaal = alles.replace("*", "")
    rijen = lees_toegestaan(SJABLOON / "tekst")
    assert [
        rij.tekst for rij in rijen if " " in rij.tekst and "\\" not in rij.tekst and not rij.patroon.search(kaal)
    ] == []
    assert all(len(rij.reden) > 10 for rij in rijen)


@pytest.mark.parametrize(
    ("rij", "fout"),
    [
        ("zin;meer;zomaar", "één woord"),
        ("zin;meer dan;", "nodig zijn"),
        ("woord;meer dan;zomaar", "nodig zijn"),
        ("patroon;meer (dan;zomaar", "geen goed patroon"),
    ],
)
def test_een_uitzondering_is_een_zinsnede_met_reden(tmp_path: Path, rij: str, fout: str) -> None:
    (tmp_path / "toegestaan.csv").write_text(f"soort;tekst;reden\n{rij}\n", encoding="utf-8")
    with pytest.raises(TekstFout, match=f"regel 2: .*{fout}"):
        lees_toegestaan(tmp_path)


def test_een_halfjaar_heeft_zijn_eigen_uitzonderingen(register: GeheugenRegister, tmp_path: Path) -> None:
    """What people write about the work of a half-year holds numbers that are in no register; each has its reason."""
    for map_ in ("standaard", "2016-I"):
        (tmp_path / "tekst" / map_).mkdir(parents=True)
    (tmp_path / "tekst/standaard/opvang.md").write_text("## stand\nEen zin.\n", encoding="utf-8")
    (tmp_path / "tekst/2016-I/opvang.md").write_text("## stand\nHet COA opende drie locaties.\n", encoding="utf-8")
    with pytest.raises(TekstFout, match=r"2016-I/opvang\.md, regel 2: 'drie'"):
        Teksten(register, tmp_path, "2016-I", META)
    (tmp_path / "tekst/2016-I/toegestaan.csv").write_text(
        "soort;tekst;reden\nzin;opende drie locaties;persbericht van het COA\n", encoding="utf-8"
    )
    assert "drie locaties" in Teksten(register, tmp_path, "2016-I", META).tekst("opvang", "stand")
    assert "Een zin" in Teksten(register, tmp_path, "2016-II", META).tekst("opvang", "stand")
