"""The short list of definitions: a family says only what holds for each of its members, and no figure is lost."""

from pipeline.core.document.definition_list import definitielijst


def rij(cijfer_id: str, definitie: str, naam: str = "naam") -> dict[str, str]:
    return {"cijfer_id": cijfer_id, "naam": naam, "definitie": definitie}


def test_familie_zegt_begin_en_eind_met_een_weglating() -> None:
    lijst = definitielijst(
        [
            rij("vooruitblik.prognose_0", "De laatste prognose voor dit halfjaar die bekend was."),
            rij("vooruitblik.prognose_1", "De laatste prognose voor het volgende halfjaar die bekend was."),
        ]
    )
    assert lijst == [
        {
            "hoofdstuk": "instroom",
            "rijen": [{"naam": "Laatste prognose", "definitie": "De laatste prognose voor … halfjaar die bekend was."}],
            "noten": [],
        }
    ]


def test_familie_zonder_gelijk_begin_zegt_de_zinnen_die_allen_hebben() -> None:
    lijst = definitielijst(
        [
            rij("wachttijd.koppeling_aanbod_aantal", "Hoeveel er zijn. Koppelingen van het halfjaar. Meer."),
            rij("wachttijd.koppeling_aanbod_bereikt", "Bij wie het lukte. Koppelingen van het halfjaar."),
        ]
    )
    (groep,) = lijst
    assert {"naam": "Van koppeling tot aanbod", "definitie": "Koppelingen van het halfjaar."} in groep["rijen"]


def test_familie_met_een_andere_eerste_zin_zegt_hoe_die_eindigt() -> None:
    (groep,) = definitielijst(
        [
            rij("ind.coa_andere_datum", "Personen met een andere datum bij de IND. De eerste telt."),
            rij("ind.opvang_andere_datum", "Bewoners met een andere datum bij de IND. De eerste telt."),
        ]
    )
    assert groep["rijen"] == [
        {"naam": "Andere datum bij de IND", "definitie": "… met een andere datum bij de IND. De eerste telt."}
    ]


def test_wat_drie_keer_staat_wordt_een_noot() -> None:
    """Sentences of the same entries are one note; a short one, and one that two entries have, stay where they are."""
    lang = "De norm die op de peildatum geldt, telt; die is instelbaar."
    ook = "En deze zin hoort daar in al die definities ook helemaal bij."
    twee = "Deze zin is lang genoeg, maar staat in maar twee definities."
    (groep,) = definitielijst(
        [
            rij("norm.a", f"Weken van a. {lang} {ook} {twee}", "A"),
            rij("norm.b", f"Weken van b. {lang} {ook} {twee}", "B"),
            rij("norm.c", f"Weken van c. {lang} Kort. {ook}", "C"),
            rij("norm.d", "Kort.", "D"),
            rij("norm.e", "Weken. Kort.", "E"),
        ]
    )
    assert groep["noten"] == [f"{lang} {ook}"]
    assert [r["definitie"] for r in groep["rijen"]] == [
        f"Weken van a. {twee} Zie noot 1.",
        f"Weken van b. {twee} Zie noot 1.",
        "Weken van c. Kort. Zie noot 1.",
        "Kort.",
        "Weken. Kort.",
    ]


def test_geen_definitie_is_alleen_een_noot() -> None:
    zin = "Een zin die lang genoeg is om een noot te worden, als dat mocht."
    (groep,) = definitielijst(rij(f"norm.{n}", zin if n else f"Eerst iets. {zin}") for n in range(3))
    assert groep["noten"] == []
    assert groep["rijen"][1]["definitie"] == zin


def test_familie_zonder_iets_gemeenschappelijks_staat_los() -> None:
    lijst = definitielijst([rij("ind.coa_gelijk", "Het ene.", "A"), rij("ind.opvang_gelijk", "Iets anders.", "B")])
    assert [r["naam"] for r in lijst[0]["rijen"]] == ["A", "B"]


def test_hoofdstukken_staan_in_de_volgorde_van_het_rapport() -> None:
    ids = ("toezicht.x", "opvang.totaal", "saldo.eind", "nareis.verwacht", "ind.x", "norm.x", "kansrijk.x")
    assert [groep["hoofdstuk"] for groep in definitielijst(rij(i, "Iets.") for i in ids)] == [
        "instroom",
        "realisatie",
        "opvang",
        "koppelingen",
        "doorlooptijden",
        "aansluiting",
        "toezicht",
    ]
