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
