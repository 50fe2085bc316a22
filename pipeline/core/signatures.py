"""Whether the signatures beside an edition are true: over which bytes, and whose.

Belongs here: checking. Not here: signing (signing.py), the edition itself (verification.py). Nothing goes over the
network: whether a certificate was revoked is not known here. Who may be trusted says the setting `vertrouwd`; without
it a signature only says which certificate made it, and the reader compares that with the one that he knows.
"""

import asyncio
import io
import logging
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.errors import GebruiksFout
from pipeline.core.manifest import MANIFEST
from pipeline.core.signing import DETACHED, signed_name

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

# The bytes signed, the signature, what to hold it against: the outcome of the library, or what is wrong.
_Check = Callable[[bytes, bytes, "ValidationContext"], Any]
# What the reading of damaged bytes may end in.
_UNREADABLE = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, NotImplementedError, zlib.error
)  # fmt: skip


@dataclass(frozen=True)
class Handtekening:
    """One signature: its file, what it is over and how many bytes, whether it is true, whose, and since when by the
    clock of the signer. `vertrouwd` is None when no trusted issuer is set; `bezwaar` says why it is not good.
    """

    bestand: str
    over: str
    bytes: int
    door: str = ""
    uitgever: str = ""
    certificaat_sha256: str = ""
    op: str = ""
    vertrouwd: bool | None = None
    bezwaar: str = ""

    @property
    def goed(self) -> bool:
        """Whether it is true, and of someone trusted where that was asked."""
        return not self.bezwaar

    def __str__(self) -> str:
        trust = {True: "een vertrouwde uitgever", False: "geen vertrouwde uitgever", None: "uitgever niet getoetst"}
        return (
            f"geldig over alle {self.bytes} bytes van {self.over}; door {self.door} op {self.op} volgens de "
            f"ondertekenaar, certificaat met sha256 {self.certificaat_sha256} van {self.uitgever} "
            f"({trust[self.vertrouwd]})"
        )


def check_signatures(edition: Path, signed: Path, trusted: Sequence[Path] = ()) -> tuple[Handtekening, ...]:
    """Every signature that belongs beside `edition`: of its manifest and of each PDF. None when it was not signed.

    `trusted`: files with certificates (PEM or DER) of issuers. GebruiksFout when one of these cannot be read.
    """
    if not signed.is_dir():
        return ()
    roots = _certificates(trusted)
    checks: list[tuple[str, str, _Check]] = [(DETACHED, MANIFEST, _detached)]
    checks += [(signed_name(pdf.name), pdf.name, _embedded) for pdf in sorted(edition.glob("*.pdf"))]
    return tuple(_check(edition / over, signed / name, check, roots) for name, over, check in checks)


def _check(over: Path, path: Path, check: _Check, roots: Sequence["Certificate"]) -> Handtekening:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError

    # These say by themselves on standard error that a certificate is not trusted; here that is an outcome.
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    content = over.read_bytes()
    found = Handtekening(path.name, over.name, len(content))
    if not path.is_file():
        return replace(found, bezwaar="ontbreekt")
    try:
        signature = path.read_bytes()
        status = check(content, signature, _context())
        if isinstance(status, str):
            return replace(found, bezwaar=status)
        found = _judged(found, status)
        if not roots or found.bezwaar:
            return found
        # A certificate must have been good when it was used, not on the day of checking.
        trusted = bool(check(content, signature, _context(roots, status.signer_reported_dt)).trusted)
        why = "" if trusted else f"is van {found.door}, met een certificaat van een uitgever die niet is vertrouwd"
        return replace(found, vertrouwd=trusted, bezwaar=why)
    except (*_UNREADABLE, PdfError, CMSExtractionError, SignatureValidationError) as error:
        return replace(found, bezwaar=f"is niet te lezen als handtekening ({type(error).__name__})")


def _judged(found: Handtekening, status: Any) -> Handtekening:
    certificate, stated = status.signing_cert, status.signer_reported_dt
    found = replace(
        found,
        door=certificate.subject.human_friendly,
        uitgever=certificate.issuer.human_friendly,
        certificaat_sha256=certificate.sha256_fingerprint.replace(" ", "").lower(),
        op=stated.isoformat(timespec="seconds") if stated else "een onbekend moment",
    )
    if not status.intact:
        return replace(found, bezwaar=f"hoort niet bij de bytes van {found.over}")
    if not status.valid:
        return replace(found, bezwaar="is niet gemaakt met de sleutel van het certificaat dat erbij zit")
    return found


def _detached(content: bytes, signature: bytes, context: "ValidationContext") -> Any:
    from asn1crypto import cms
    from pyhanko.sign.validation.generic_cms import async_validate_detached_cms

    info = cms.ContentInfo.load(signature, strict=True)
    if info["content_type"].native != "signed_data":
        return "is geen handtekening"
    return asyncio.run(async_validate_detached_cms(content, info["content"], context))


def _embedded(content: bytes, signed: bytes, context: "ValidationContext") -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not signed.startswith(content):
        return "begint niet met de bytes van de PDF van de editie"
    signatures = PdfFileReader(io.BytesIO(signed)).embedded_signatures
    if len(signatures) != 1:
        return f"bevat {len(signatures)} handtekeningen in plaats van één"
    status = validate_pdf_signature(signatures[0], context)
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        return "is na het ondertekenen aangevuld"
    return status


def _context(roots: Sequence["Certificate"] = (), moment: datetime | None = None) -> "ValidationContext":
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)


def _certificates(paths: Sequence[Path]) -> list["Certificate"]:
    from asn1crypto import pem, x509

    found = []
    for path in paths:
        try:
            content = path.read_bytes()
            parts = [der for _, _, der in pem.unarmor(content, multiple=True)] if pem.detect(content) else [content]
            for der in parts:
                certificate = x509.Certificate.load(der, strict=True)
                certificate.native  # noqa: B018 - reading it is the test
                found.append(certificate)
        except (OSError, ValueError) as error:
            raise GebruiksFout(
                f"{path} is niet te lezen als certificaat (PEM of DER); pas de instelling vertrouwd aan"
            ) from error
    return found
