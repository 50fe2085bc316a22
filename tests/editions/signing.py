"""Keys and certificates to sign with, made on the spot.

Belongs here: making them. Not here: what a signature must be (test_signed.py).
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa, ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from pipeline.core.signing import PASSPHRASE_VARIABLE

SECRET = "zegel en lak"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | dsa.DSAPrivateKey
"""Keys that a certificate may hold; the small ones are quick to make."""


def certificate(
    key: PrivateKey,
    name: str = "Directie Proef",
    *,
    days: tuple[int, int] = (-1, 30),
    signs: bool = True,
    issuer: tuple[str, PrivateKey] | None = None,
) -> x509.Certificate:
    """A certificate that holds from `days` before to after today; by itself, or by an issuer."""

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    by_name, by_key = issuer or (name, key)
    now = datetime.now(UTC)
    usage = x509.KeyUsage(signs, signs, not signs, False, False, signs, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(by_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(by_key, hashes.SHA256())
    )


def key_file(path: Path, key: PrivateKey, holds: x509.Certificate, secret: str = SECRET) -> Path:
    """A PKCS#12 file."""
    hidden = BestAvailableEncryption(secret.encode()) if secret else NoEncryption()
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"proef", key, holds, None, hidden))
    return path


def office(folder: Path) -> None:
    """Make a folder with a key, the certificate of its issuer, that of someone else, and settings that name them."""
    folder.mkdir()
    issuer, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = certificate(issuer, "Uitgever Proef")
    (folder / "uitgever.pem").write_bytes(root.public_bytes(Encoding.PEM))
    other = certificate(ec.generate_private_key(ec.SECP256R1()), "Uitgever Anders")
    (folder / "anders.pem").write_bytes(other.public_bytes(Encoding.PEM))
    key_file(folder / "directie.p12", key, certificate(key, issuer=("Uitgever Proef", issuer)))
    (folder / "voortgang.toml").write_text(
        '[ondertekening]\nsleutel = "directie.p12"\nvertrouwd = ["uitgever.pem"]\n', encoding="utf-8"
    )


def use(patch: pytest.MonkeyPatch, office: Path, secret: str = SECRET) -> None:
    patch.setenv("VOORTGANG_CONFIG", str(office / "voortgang.toml"))
    patch.setenv(PASSPHRASE_VARIABLE, secret)
