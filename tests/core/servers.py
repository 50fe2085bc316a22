"""A real mail server and a real web server on this machine, that keep what they were sent."""

import datetime
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "voortgang", "een wachtwoord dat nergens staat"


class Kept(Handler):
    """Keeps the messages in `found`."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.found.append(message)


def _authenticate(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
) -> AuthResult:
    return AuthResult(handled=False, success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()))


@dataclass
class MailServer:
    port: int
    found: list[Message]
    ca: Path | None = None


@contextmanager
def mail_server(closed: Path | None = None) -> Iterator[MailServer]:
    """Listening on 127.0.0.1; with a folder for its certificate it wants STARTTLS, user and password."""
    handler, options = Kept(), dict[str, Any]()
    if closed is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate(closed))
        options = {
            "tls_context": context, "require_starttls": True, "auth_required": True, "authenticator": _authenticate,
        }  # fmt: skip
    server = Controller(handler, hostname="127.0.0.1", port=0, **options)
    # Port 0 lets the kernel choose; the controller's own trial connection needs to know which.
    server.port = free_port()
    server.start()
    try:
        yield MailServer(server.port, handler.found, None if closed is None else closed / "server.pem")
    finally:
        server.stop()


def certificate(folder: Path) -> Path:
    """Key and certificate of 127.0.0.1, its own authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


def free_port() -> int:
    """A port on which nobody listens now."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return int(server.server_address[1])


@dataclass
class WebServer:
    address: str
    found: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def web_server(status: int = 204, location: str | None = None) -> Iterator[WebServer]:
    """Answers every POST with `status`."""
    kept = list[dict[str, str]]()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(status)
            if location is not None:
                self.send_header("Location", location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield WebServer(f"http://127.0.0.1:{server.server_address[1]}/melding?sleutel=geheim", kept)
        finally:
            server.shutdown()
            thread.join()
