"""Telling somebody who is not watching that a run failed: by mail, or by a web address of their own system.

Belongs here: `[melding]` of the settings, and sending. Not here: what is told (failures.py), when (orchestration).

A password stands in the environment only. Nothing is sent over an open line, except to this very machine.
"""

import json
import os
import smtplib
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from pipeline.core.errors import GebruiksFout, VoortgangFout

PASSWORD_VARIABLE = "VOORTGANG_MAIL_WACHTWOORD"  # noqa: S105  # nosec B105 # the name of the variable
ADDRESS_VARIABLE = "VOORTGANG_WEBHOOK"
"""The address of the webhook, where it holds a key and may stand in no file."""

TIMEOUT = 20.0
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


class MeldFout(VoortgangFout):
    """A message could not be delivered; what it was about stands as it is."""


@dataclass(frozen=True)
class Bericht:
    """What is told: a subject, and the text below it."""

    onderwerp: str
    tekst: str


@dataclass(frozen=True)
class Mail:
    """A mail server. `ca`: a file with the certificate of an authority of one's own."""

    server: str
    van: str
    aan: tuple[str, ...]
    poort: int = 587
    starttls: bool = True
    gebruiker: str | None = None
    ca: Path | None = None


@dataclass(frozen=True)
class Melding:
    """Where messages go; nowhere when both are empty."""

    mail: Mail | None = None
    webhook: str | None = None


def notice_of_settings(value: object, path: Path) -> Melding:
    """The table `melding` of the settings file `path`; GebruiksFout for what cannot be used."""
    where = f"configuratie {path}: melding"
    table = _table(value, where, {"mail": dict, "webhook": str})
    mail = table.get("mail")
    webhook = table.get("webhook")
    return Melding(
        mail=None if mail is None else _mail(mail, f"{where}.mail", path),
        webhook=None if webhook is None else _closed_line(str(webhook), f"{where}.webhook"),
    )


def _mail(value: object, where: str, path: Path) -> Mail:
    known = {
        "server": str, "poort": int, "van": str, "aan": list, "starttls": bool, "gebruiker": str, "ca": str,
    }  # fmt: skip
    table = _table(value, where, known)
    for key in ("server", "van", "aan"):
        if not table.get(key):
            raise GebruiksFout(f"{where}: {key} ontbreekt")
    to = table["aan"]
    if not isinstance(to, list) or not all(isinstance(one, str) and "@" in one for one in to):
        raise GebruiksFout(f"{where}.aan is een lijst van mailadressen")
    ca = table.get("ca")
    mail = Mail(
        server=str(table["server"]),
        van=str(table["van"]),
        aan=tuple(to),
        poort=int(str(table.get("poort", Mail.poort))),
        starttls=bool(table.get("starttls", True)),
        gebruiker=None if table.get("gebruiker") is None else str(table["gebruiker"]),
        ca=None if ca is None else path.parent / str(ca),
    )
    if not mail.starttls and mail.server not in _HERE:
        raise GebruiksFout(f"{where}: zonder starttls reist het bericht onbeveiligd; dat kan alleen op deze machine")
    return mail


def _table(value: object, where: str, known: Mapping[str, type]) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise GebruiksFout(f"{where} is geen tabel")
    for key, item in value.items():
        if key not in known:
            raise GebruiksFout(f"{where}: onbekende instelling {key!r}; bekend zijn {', '.join(known)}")
        if type(item) is not known[key]:
            raise GebruiksFout(f"{where}.{key} heeft een waarde van de verkeerde soort")
    return value


def _closed_line(address: str, where: str) -> str:
    """The address when messages may travel to it; it is not repeated, for it can hold a key."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE):
        return address
    raise GebruiksFout(f"{where} is geen adres met https")


def send(bericht: Bericht, melding: Melding, environment: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Deliver the message everywhere it should go; the ways that it went. Every way is tried; MeldFout names those that
    failed, without an address or a password.
    """
    webhook = environment.get(ADDRESS_VARIABLE) or melding.webhook
    done, failed = list[str](), list[str]()
    if melding.mail is not None:
        try:
            _send_mail(bericht, melding.mail, environment.get(PASSWORD_VARIABLE))
            done.append("mail")
        except (OSError, smtplib.SMTPException) as error:
            failed.append(f"mail via {melding.mail.server}:{melding.mail.poort} ({_reason(error)})")
    if webhook is not None:
        try:
            _post(bericht, _closed_line(webhook, ADDRESS_VARIABLE))
            done.append("webhook")
        except OSError as error:
            failed.append(f"webhook ({_reason(error)})")
    if failed:
        raise MeldFout(f"de melding kwam niet aan: {'; '.join(failed)}")
    return tuple(done)


def _reason(error: Exception) -> str:
    """Why it did not arrive, without what the other side repeats of addresses."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"antwoord {error.smtp_code}"
    if isinstance(error, urllib.error.HTTPError):
        return f"antwoord {error.code}"
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    return str(getattr(inner, "strerror", None) or type(inner).__name__)


def _send_mail(bericht: Bericht, mail: Mail, password: str | None) -> None:
    message = EmailMessage()
    message["Subject"] = bericht.onderwerp
    message["From"] = mail.van
    message["To"] = ", ".join(mail.aan)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(bericht.tekst)
    with smtplib.SMTP(mail.server, mail.poort, timeout=TIMEOUT) as server:
        if mail.starttls:
            server.starttls(context=ssl.create_default_context(cafile=mail.ca))
        if mail.gebruiker is not None:
            server.login(mail.gebruiker, password or "")
        server.send_message(message)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Another place than the one in the settings gets nothing."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _post(bericht: Bericht, address: str) -> None:
    body = json.dumps({"onderwerp": bericht.onderwerp, "tekst": bericht.tekst}, ensure_ascii=False).encode()
    # The scheme was looked at: https, or http to this machine.
    request = urllib.request.Request(  # noqa: S310
        address, data=body, headers={"Content-Type": "application/json; charset=utf-8"}, method="POST"
    )
    with urllib.request.build_opener(_NoRedirect).open(request, timeout=TIMEOUT):
        pass
