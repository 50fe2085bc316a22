"""Signatures beside a published edition: true, whose, over which bytes; and every way of touching them named.

One edition is published and signed through the command line; what is damaged is a copy.
"""

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from pyhanko.pdf_utils import generic

from pipeline.cli import main
from pipeline.core.document.validation import bezwaren, keur
from pipeline.core.edition_store import edition_folder, edition_numbers, signed_folder
from pipeline.core.errors import GebruiksFout
from pipeline.core.manifest import output_hashes
from pipeline.core.periods import Periode
from pipeline.core.signing import PASSPHRASE_VARIABLE, _whole_ends, load_key, sign_bytes
from pipeline.core.verification import Soort, compare_signatures
from tests.document import verapdf
from tests.editions.signing import SECRET, PrivateKey, certificate, key_file, use
from tests.runs import ACCEPT, Published, documents_of, own_copy

PERIODE = Periode(2016, 1)
REPORT, SIGNED = "voortgangsrapportage-2016-I.pdf", "voortgangsrapportage-2016-I-ondertekend.pdf"


def signed_of(output: Path, nummer: int) -> Path:
    return signed_folder(output / str(PERIODE) / "edities" / str(nummer))


@pytest.fixture(scope="module")
def office(published: Published) -> Path:
    """The folder with the key that signed, the certificate of its issuer, that of someone else, and settings."""
    return published.office


@pytest.fixture(scope="module")
def output(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with edition 1, and edition 2 published from it and signed."""
    return own_copy(published.output, tmp_path_factory.mktemp("output"))


@pytest.fixture
def copy(output: Path, tmp_path: Path) -> Path:
    """A copy of that folder that may be written in."""
    return own_copy(output, tmp_path / "kopie", writable=True)


def found(output: Path, trusted: tuple[Path, ...] = ()) -> dict[str, str]:
    """What is wrong with the signatures of edition 2, by file."""
    finds = compare_signatures(output, PERIODE, 2, trusted)[1]
    assert {find.soort for find in finds} <= {Soort.HANDTEKENING}
    return {find.naam: find.uitleg for find in finds}


def test_signed_files_stand_beside_the_edition_and_begin_with_its_bytes(output: Path) -> None:
    edition, signed = edition_folder(output, PERIODE, 2), signed_of(output, 2)
    assert edition_numbers(output, PERIODE) == (1, 2)
    assert not signed_of(output, 1).exists()
    assert sorted(output_hashes(signed)) == sorted(
        ["manifest.json.p7s", *(f"{path.stem}-ondertekend.pdf" for path in edition.glob("*.pdf"))]
    )
    for pdf in edition.glob("*.pdf"):
        assert (signed / f"{pdf.stem}-ondertekend.pdf").read_bytes().startswith(pdf.read_bytes())
    assert [path.name for path in (signed, *signed.rglob("*")) if path.stat().st_mode & 0o222] == []


def test_the_signed_pdfs_are_still_what_both_profiles_ask(output: Path) -> None:
    for pdf in signed_of(output, 2).glob("*.pdf"):
        assert bezwaren(keur(pdf.read_bytes())) == ()
        for profile in ("ua1", "3a"):
            assert verapdf.keur(pdf, profile).fouten == ()


def test_verifying_says_whose_and_over_which_bytes(
    output: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VOORTGANG_CONFIG", str(office / "voortgang.toml"))
    with documents_of(edition_folder(output, PERIODE, 2)):
        assert main(["verifieer", "2016-I", "2", "--output", str(output)]) == 0
    told = capsys.readouterr()
    size = (edition_folder(output, PERIODE, 2) / "manifest.json").stat().st_size
    assert (
        f"handtekening manifest.json.p7s: geldig over alle {size} bytes van manifest.json; door Common Name: "
        in told.out
    )
    assert f"handtekening {SIGNED}: geldig over alle " in told.out and "een vertrouwde uitgever" in told.out
    assert "is bewezen" in told.out and told.err == ""


def test_openssl_agrees(output: Path, office: Path) -> None:
    """The detached signature is what any program can check."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    manifest = edition_folder(output, PERIODE, 2) / "manifest.json"
    signature = signed_of(output, 2) / "manifest.json.p7s"
    command = [
        "openssl",
        "cms",
        "-verify",
        "-binary",
        "-inform",
        "DER",
        "-in",
        str(signature),
        "-content",
        str(manifest),
    ]
    trust = ["-CAfile", str(office / "uitgever.pem"), "-purpose", "any", "-out", "/dev/null"]
    assert subprocess.run([*command, *trust], capture_output=True).returncode == 0


def test_nothing_of_the_key_stays(output: Path, office: Path) -> None:
    secret = (office / "directie.p12").read_bytes()
    for path in output.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert secret not in content and SECRET.encode() not in content and b"directie.p12" not in content
    log = [json.loads(line) for line in (output / "2016-I" / "logboek.jsonl").read_text(encoding="utf-8").splitlines()]
    signed = output_hashes(signed_of(output, 2))
    assert log[-1]["ondertekend"] == {name: facts["sha256"] for name, facts in signed.items()}


def test_a_signature_of_someone_else_is_named(output: Path, office: Path) -> None:
    assert found(output, (office / "uitgever.pem",)) == {}
    wrong = found(output, (office / "anders.pem",))
    assert set(wrong) == set(output_hashes(signed_of(output, 2)))
    assert all("een uitgever die niet is vertrouwd" in text for text in wrong.values())


def test_a_flipped_byte_is_found_anywhere_in_a_signed_file(copy: Path) -> None:
    """With the hashes of the logbook: also in the room that a signature leaves unused. Reading never crashes."""
    signed = signed_of(copy, 2)
    start = (edition_folder(copy, PERIODE, 2) / REPORT).stat().st_size
    for name, begin in ((SIGNED, start), ("manifest.json.p7s", 0)):
        path = signed / name
        content = path.read_bytes()
        step = max(1, (len(content) - begin) // 60)
        # The last bytes of what is compressed are its checksum.
        checksums = [one.start() - 3 for one in re.finditer(b"\nendstream", content[begin:])]
        for place in [0, *(begin + one for one in checksums), *range(begin, len(content), step)]:
            path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
            assert set(found(copy)) == {name}
        path.write_bytes(content)
    assert found(copy) == {}


def test_without_a_logbook_the_signatures_speak_for_themselves(copy: Path) -> None:
    (copy / "2016-I" / "logboek.jsonl").unlink()
    assert found(copy) == {}
    manifest = edition_folder(copy, PERIODE, 2) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b" ")
    report = edition_folder(copy, PERIODE, 2) / REPORT
    report.write_bytes(report.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    signed = signed_of(copy, 2)
    other = signed / "kerncijfers-2016-I-ondertekend.pdf"
    other.write_bytes(other.read_bytes() + b"\n% meer\n")
    assert found(copy) == {
        "manifest.json.p7s": "hoort niet bij de bytes van manifest.json",
        SIGNED: "begint niet met de bytes van de PDF van de editie",
        other.name: "is na het ondertekenen aangevuld",
    }


@pytest.mark.parametrize("content", [b"", b"geen handtekening", b"0\x80", b"0\x03\x06\x01*"])
def test_what_is_no_signature_is_said(copy: Path, content: bytes) -> None:
    path = signed_of(copy, 2) / "manifest.json.p7s"
    path.write_bytes(content)
    assert found(copy)[path.name].startswith("is ")


def test_a_missing_and_an_extra_file_are_named(copy: Path) -> None:
    signed = signed_of(copy, 2)
    (signed / SIGNED).unlink()
    (signed / "extra.pdf").write_bytes(b"%PDF")
    assert set(found(copy)) == {SIGNED, "extra.pdf"}
    shutil.rmtree(signed)
    assert len(found(copy)) == 3


def test_signing_later(
    copy: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--output", str(copy)]
    monkeypatch.delenv("VOORTGANG_CONFIG", raising=False)
    assert main(["onderteken", "2016-I", "2", *arguments]) == 3
    assert "er is geen sleutel ingesteld" in capsys.readouterr().err
    use(monkeypatch, office)
    assert main(["onderteken", "2016-I", "1", *arguments]) == 3
    assert "alleen een gepubliceerde wordt ondertekend" in capsys.readouterr().err
    assert main(["onderteken", "2016-I", "2", *arguments]) == 3
    assert "is al ondertekend" in capsys.readouterr().err
    shutil.rmtree(signed_of(copy, 2))
    assert main(["onderteken", "2016-I", "2", *arguments]) == 0
    assert found(copy, (office / "uitgever.pem",)) == {}


def test_a_wrong_passphrase_publishes_nothing(
    copy: Path, office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    use(monkeypatch, office, "verkeerd")
    before = output_hashes(copy)
    assert main(["publiceer", "2016-I", "1", "--reden", "r", *ACCEPT, "--output", str(copy)]) == 3
    told = capsys.readouterr().err
    assert "past niet bij het sleutelbestand" in told and "verkeerd" not in told.replace("verkeerd gebruik", "")
    assert output_hashes(copy) == before


def test_a_key_that_may_not_sign_is_refused(tmp_path: Path) -> None:
    strong = ec.generate_private_key(ec.SECP256R1())
    weak, strange = rsa.generate_private_key(65537, 1024), dsa.generate_private_key(1024)
    cases: dict[str, tuple[PrivateKey, x509.Certificate]] = {
        "is verlopen op": (strong, certificate(strong, days=(-30, -1))),
        "geldt pas vanaf": (strong, certificate(strong, days=(1, 30))),
        "niet bedoeld om mee te ondertekenen": (strong, certificate(strong, signs=False)),
        "niet sterk genoeg": (weak, certificate(weak)),
        "neem RSA van ten minste 2048 bits": (strange, certificate(strange)),
    }
    for told, (key, holds) in cases.items():
        path = key_file(tmp_path / "sleutel.p12", key, holds)
        with pytest.raises(GebruiksFout, match=told):
            load_key(path, {PASSPHRASE_VARIABLE: SECRET})


def test_what_is_no_key_file_is_said(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    good = key_file(tmp_path / "goed.p12", key, certificate(key))
    only = tmp_path / "alleen.p12"
    only.write_bytes(
        pkcs12.serialize_key_and_certificates(b"x", None, None, [certificate(key)], BestAvailableEncryption(b"x"))
    )
    text = tmp_path / "tekst.p12"
    text.write_text("-----BEGIN PRIVATE KEY-----\n", encoding="utf-8")
    for path, environment, told in (
        (good, {}, f"{PASSPHRASE_VARIABLE} is niet gezet"),
        (good, {PASSPHRASE_VARIABLE: ""}, "past niet bij"),
        (only, {PASSPHRASE_VARIABLE: "x"}, "geen sleutel met het certificaat"),
        (text, {PASSPHRASE_VARIABLE: "x"}, "is geen PKCS#12-bestand"),
        (tmp_path / "weg.p12", {PASSPHRASE_VARIABLE: "x"}, "is niet te lezen"),
    ):
        with pytest.raises(GebruiksFout, match=told):
            load_key(path, environment)


def test_a_key_without_a_passphrase_and_one_of_rsa_sign(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 2048)
    path = key_file(tmp_path / "sleutel.p12", key, certificate(key), "")
    sleutel = load_key(path, {PASSPHRASE_VARIABLE: ""})
    assert sleutel.naam == "CN=Directie Proef" and repr(sleutel) == "Sleutel('CN=Directie Proef')"
    assert len(sign_bytes(b"inhoud", sleutel)) > 500


def test_a_stream_that_ends_in_a_carriage_return_keeps_its_length() -> None:
    """As in one of 256 signed files: then PDF/A-3a holds only with a whole end of line before `endstream`."""
    written = io.BytesIO()
    usual = generic.StreamObject.write_to_stream
    with _whole_ends():
        for content in (b"a\r", b"b"):
            generic.StreamObject(stream_data=content).write_to_stream(written, None)
    assert written.getvalue().count(b"/Length 2") == 1
    assert b"stream\na\r\r\nendstream" in written.getvalue() and b"stream\nb\nendstream" in written.getvalue()
    assert generic.StreamObject.write_to_stream is usual


@pytest.mark.parametrize(
    "settings", ["sleutel = 3", "sleutel = ''", "vertrouwd = 'a.pem'", "vertrouwd = [1]", "wachtwoord = 'x'"]
)
def test_settings_that_cannot_be(
    settings: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "v.toml"
    file.write_text(f"[ondertekening]\n{settings}\n", encoding="utf-8")
    monkeypatch.setenv("VOORTGANG_CONFIG", str(file))
    assert main(["verifieer", "2016-I", "2", "--output", str(tmp_path)]) == 3
    assert "[ondertekening] heeft alleen sleutel" in capsys.readouterr().err
