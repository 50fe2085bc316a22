"""The judgement at the end of a run: passes what is right, names what is wrong, blocks with the rule named."""

from pathlib import Path

import pikepdf
import pytest

from pipeline.core.document.validation import PROFIELEN, Keuring, Overtreding, bezwaren, keur
from pipeline.core.errors import DocumentFout
from tests.document.conftest import Rapport


def bedorven(rapport: Rapport, pad: Path) -> bytes:
    """The report without alt texts and without its title in the window."""
    with pikepdf.open(rapport.pad) as pdf:
        del pdf.Root["/ViewerPreferences"]
        for tag in pdf.objects:
            if isinstance(tag, pikepdf.Dictionary) and tag.get("/S") == "/Figure":
                del tag["/Alt"]
        pdf.save(pad)
    return pad.read_bytes()


def test_rapport_slaagt_voor_beide_profielen(rapport: Rapport) -> None:
    keuringen = keur(rapport.pad.read_bytes())
    assert [(keuring.profiel, keuring.overtredingen) for keuring in keuringen] == [("PDF/UA-1", ()), ("PDF/A-3a", ())]
    assert all(keuring.regels > 100 and keuring.geslaagd for keuring in keuringen)
    assert bezwaren(keuringen) == ()


def test_wat_fout_is_wordt_genoemd(rapport: Rapport, tmp_path: Path) -> None:
    ua, _ = keur(bedorven(rapport, tmp_path / "fout.pdf"))
    regels = [overtreding.regel for overtreding in ua.overtredingen]
    assert "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001" in regels
    assert regels == sorted(set(regels))
    assert not ua.geslaagd
    assert any("niet aan PDF/UA-1: PDFUA1-FIGURE-ALTERNATIVE-TEXT-001 (" in zin for zin in bezwaren([ua]))
    assert ua.as_dict()["geslaagd"] is False
    assert {"regel", "melding"} == ua.as_dict()["overtredingen"][0].keys()


def test_bezwaren_noemen_profiel_en_regel() -> None:
    keuring = Keuring("PDF/A-3a", 156, (Overtreding("PDFA3A-FONT-001", "font is not embedded"),))
    (zin,) = bezwaren([Keuring("PDF/UA-1", 104, ()), keuring])
    assert zin == "het document voldoet niet aan PDF/A-3a: PDFA3A-FONT-001 (font is not embedded)"


def test_wat_geen_pdf_is(tmp_path: Path) -> None:
    with pytest.raises(DocumentFout, match="niet te keuren voor PDF/UA-1"):
        keur(b"geen pdf")


def test_grote_bestanden_lopen_niet_tegen_een_grens() -> None:
    """The limits of the validator are for files of strangers; ours are as large as they are."""
    import page

    assert page.SafetyLimits.unlimited().max_object_count > page.SafetyLimits.DEFAULT_MAX_OBJECT_COUNT
    assert list(PROFIELEN.values()) == ["ua1", "3a"]
