"""Signing a published edition: each PDF once more with a signature in it, and a detached one over the manifest.

Belongs here: reading the key, making the signed files. Not here: checking them (signatures.py), where they are placed
(edition_store.py). They are derived files in a folder beside the edition: the edition itself stays what comes out of
its sources, byte by byte. Nothing goes over the network: no time stamp, no list of revoked certificates. The time in a
signature is what the clock of the signer said.
"""

import asyncio
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.document.validation import bezwaren, keur
from pipeline.core.errors import GebruiksFout, VoortgangFout
from pipeline.core.manifest import MANIFEST, sha256_file

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner

PASSPHRASE_VARIABLE = "VOORTGANG_ONDERTEKENING_WACHTWOORD"  # noqa: S105  # nosec B105 # a name, not a passphrase
DETACHED = f"{MANIFEST}.p7s"
_SIGNED = "-ondertekend.pdf"
_FIELD = "Ondertekening"
_DIGEST = "sha256"
_LEAST_RSA_BITS = 2048
_END = b"\nendstream"
# A rectangle without surface, off the page: it shows nothing, and is no part of the page that a reader must be told of.
_NOWHERE = (-1, -1, -1, -1)


class OndertekenFout(VoortgangFout):
    """An edition cannot be signed as it is (exit code 2)."""


@dataclass(frozen=True)
class Sleutel:
    """A key that may sign today, with the name on its certificate. Holds a secret: never in a log, never in a file."""

    naam: str
    ondertekenaar: "SimpleSigner"

    def __repr__(self) -> str:
        return f"Sleutel({self.naam!r})"


def signed_name(pdf: str) -> str:
    """Name of the signed copy of a PDF of an edition."""
    return f"{pdf.removesuffix('.pdf')}{_SIGNED}"


def load_key(path: Path, environment: Mapping[str, str]) -> Sleutel:
    """The key and certificate of a PKCS#12 file, with the passphrase from `VOORTGANG_ONDERTEKENING_WACHTWOORD` (empty
    for a file without one).

    GebruiksFout when the file, the passphrase, the key or the certificate cannot be used today; nothing is made then.
    """
    from asn1crypto import pkcs12 as structure
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign.signers import SimpleSigner

    if PASSPHRASE_VARIABLE not in environment:
        raise GebruiksFout(
            f"er is een sleutel ingesteld om mee te ondertekenen, maar {PASSPHRASE_VARIABLE} is niet gezet; zet daarin "
            "het wachtwoord van het sleutelbestand (leeg als het er geen heeft)"
        )
    passphrase = environment[PASSPHRASE_VARIABLE].encode() or None
    try:
        content = path.read_bytes()
        structure.Pfx.load(content, strict=True).native  # noqa: B018 - reading it is the test
    except OSError as error:
        raise GebruiksFout(
            f"het sleutelbestand {path} is niet te lezen ({error.strerror}); pas de instelling ondertekening aan"
        ) from error
    except (ValueError, TypeError) as error:
        raise GebruiksFout(f"het sleutelbestand {path} is geen PKCS#12-bestand (.p12 of .pfx)") from error
    try:
        key, certificate, _ = pkcs12.load_key_and_certificates(content, passphrase)
    except ValueError as error:
        raise GebruiksFout(
            f"het wachtwoord in {PASSPHRASE_VARIABLE} past niet bij het sleutelbestand {path}"
        ) from error
    if key is None or certificate is None or key.public_key() != certificate.public_key():
        raise GebruiksFout(f"het sleutelbestand {path} bevat geen sleutel met het certificaat dat erbij hoort")
    _refuse_weak(key, path)
    _refuse_certificate(certificate, datetime.now(UTC))
    signer = SimpleSigner.load_pkcs12_data(content, [], passphrase)
    if signer is None:
        raise GebruiksFout(f"met de sleutel in {path} is niet te ondertekenen; neem een sleutel van RSA of ECDSA")
    return Sleutel(certificate.subject.rfc4514_string(), signer)


def _refuse_weak(key: Any, path: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey):
        return
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < _LEAST_RSA_BITS:
        raise GebruiksFout(
            f"de sleutel in {path} is niet sterk genoeg; neem RSA van ten minste {_LEAST_RSA_BITS} bits, of ECDSA"
        )


def _refuse_certificate(certificate: "Certificate", now: datetime) -> None:
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    name = certificate.subject.rfc4514_string()
    if now > certificate.not_valid_after_utc:
        raise GebruiksFout(
            f"het certificaat van {name} is verlopen op {certificate.not_valid_after_utc:%d-%m-%Y}; stel een nieuw in"
        )
    if now < certificate.not_valid_before_utc:
        raise GebruiksFout(f"het certificaat van {name} geldt pas vanaf {certificate.not_valid_before_utc:%d-%m-%Y}")
    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise GebruiksFout(f"het certificaat van {name} is niet bedoeld om mee te ondertekenen")


def sign_edition(edition: Path, target: Path, sleutel: Sleutel) -> dict[str, str]:
    """Write the signed files of a finished edition into the empty `target`; SHA-256 of each by name.

    OndertekenFout when a signed PDF is no longer PDF/UA-1 and PDF/A-3a.
    """
    for pdf in sorted(edition.glob("*.pdf")):
        signed = sign_pdf(pdf.read_bytes(), sleutel)
        if objections := bezwaren(keur(signed)):
            raise OndertekenFout(f"{pdf.name} kan niet worden ondertekend: {objections[0]}")
        (target / signed_name(pdf.name)).write_bytes(signed)
    (target / DETACHED).write_bytes(sign_bytes((edition / MANIFEST).read_bytes(), sleutel))
    return {path.name: sha256_file(path) for path in sorted(target.iterdir())}


def sign_bytes(content: bytes, sleutel: Sleutel) -> bytes:
    """A detached signature over `content`: CMS (PKCS#7) in DER, with the certificates that belong to the key."""
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    made = asyncio.run(
        sleutel.ondertekenaar.async_sign_general_data(
            content,
            _DIGEST,
            detached=True,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=datetime.now(UTC)),
        )
    )
    return bytes(made.dump())


def sign_pdf(content: bytes, sleutel: Sleutel) -> bytes:
    """The PDF with a signature (PAdES) appended over all of it: it begins with the bytes of `content`."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers

    class Aanvulling(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            """Leave title, dates and XMP as they are: written anew, XMP loses the schema that PDF/A-3a asks for."""

    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=_FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm=_DIGEST),
        sleutel.ondertekenaar,
        new_field_spec=fields.SigFieldSpec(_FIELD, on_page=0, box=_NOWHERE, readable_field_name=_FIELD),
    )
    with _whole_ends():
        made = signer.sign_pdf(Aanvulling(io.BytesIO(content)), output=io.BytesIO())
    return bytes(made.getbuffer())


@contextmanager
def _whole_ends() -> Iterator[None]:
    """End a stream whose last byte is a carriage return with a whole end of line, as document/pdf.py does.

    pyHanko writes a line feed before `endstream`. Behind such a byte (one stream in 256) the two read as one end of
    line, and the stream as a byte shorter than it says: PDF/A-3, 6.1.7.1. The signature covers those bytes, so that
    they cannot be mended afterwards.
    """
    from pyhanko.pdf_utils.generic import StreamObject

    usual = StreamObject.write_to_stream

    def write(self: Any, stream: Any, *arguments: Any, **options: Any) -> None:
        own = io.BytesIO()
        usual(self, own, *arguments, **options)
        content = own.getvalue()
        stream.write(content[: -len(_END)] + b"\r" + _END if content.endswith(b"\r" + _END) else content)

    StreamObject.write_to_stream = write  # type: ignore[method-assign]
    try:
        yield
    finally:
        StreamObject.write_to_stream = usual  # type: ignore[method-assign]
