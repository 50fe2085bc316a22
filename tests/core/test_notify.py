"""Messages reach a real mail server and a real web server; what cannot be reached is named without its secrets."""

import socket
from pathlib import Path

import pytest

from pipeline.core.config import load_settings
from pipeline.core.errors import GebruiksFout
from pipeline.core.notify import (
    ADDRESS_VARIABLE,
    PASSWORD_VARIABLE,
    Bericht,
    Mail,
    MeldFout,
    Melding,
    send,
)
from tests.core.servers import PASSWORD, USER, free_port, mail_server, web_server

BERICHT = Bericht("Voortgang: rapport over 2016-I is mislukt", "- coa/overzicht.csv: één rij te veel")
NONE: dict[str, str] = {}


def _mail(port: int, **options: object) -> Mail:
    return Mail(
        server="127.0.0.1",
        van="voortgang@voorbeeld.nl",
        aan=("a@voorbeeld.nl", "b@voorbeeld.nl"),
        poort=port,
        **{"starttls": False, **options},  # type: ignore[arg-type]
    )


def test_a_mail_arrives_with_its_accents() -> None:
    with mail_server() as server:
        assert send(BERICHT, Melding(mail=_mail(server.port)), NONE) == ("mail",)
    (message,) = server.found
    assert message["Subject"] == BERICHT.onderwerp
    assert message["To"] == "a@voorbeeld.nl, b@voorbeeld.nl" and message["From"] == "voortgang@voorbeeld.nl"
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes) and payload.decode("utf-8").strip() == BERICHT.tekst


def test_over_a_closed_line_with_a_password(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server:
        mail = _mail(server.port, starttls=True, gebruiker=USER, ca=server.ca)
        assert send(BERICHT, Melding(mail=mail), {PASSWORD_VARIABLE: PASSWORD}) == ("mail",)
        assert len(server.found) == 1
        with pytest.raises(MeldFout, match=r"mail via 127.0.0.1:\d+ \(antwoord 535\)") as refused:
            send(BERICHT, Melding(mail=mail), {PASSWORD_VARIABLE: "verkeerd"})
        assert "verkeerd" not in str(refused.value)


def test_a_server_that_nobody_vouches_for_gets_nothing(tmp_path: Path) -> None:
    with mail_server(tmp_path) as server:
        mail = _mail(server.port, starttls=True, gebruiker=USER)
        with pytest.raises(MeldFout, match=r"(?i)certificate"):
            send(BERICHT, Melding(mail=mail), {PASSWORD_VARIABLE: PASSWORD})
        assert server.found == []


def test_a_server_without_starttls_gets_nothing() -> None:
    with mail_server() as server:
        with pytest.raises(MeldFout, match="SMTPNotSupportedError"):
            send(BERICHT, Melding(mail=_mail(server.port, starttls=True)), NONE)
        assert server.found == []


def test_a_webhook_gets_the_message_as_json() -> None:
    with web_server() as server:
        assert send(BERICHT, Melding(webhook=server.address), NONE) == ("webhook",)
        assert server.found == [{"onderwerp": BERICHT.onderwerp, "tekst": BERICHT.tekst}]


def test_the_address_of_the_webhook_may_stand_in_the_environment() -> None:
    with web_server() as server:
        assert send(BERICHT, Melding(), {ADDRESS_VARIABLE: server.address}) == ("webhook",)
        assert len(server.found) == 1


def test_nowhere_to_tell_is_no_fault() -> None:
    assert send(BERICHT, Melding(), NONE) == ()


@pytest.mark.parametrize(("status", "said"), [(500, "antwoord 500"), (403, "antwoord 403"), (302, "antwoord 302")])
def test_an_answer_that_is_no_yes_is_told_without_the_address(status: int, said: str) -> None:
    with web_server() as elsewhere, web_server(status, elsewhere.address) as server:
        with pytest.raises(MeldFout, match=said) as refused:
            send(BERICHT, Melding(webhook=server.address), NONE)
        assert "geheim" not in str(refused.value)
        assert elsewhere.found == []


def test_a_mail_server_that_is_gone_does_not_keep_the_webhook_back() -> None:
    with web_server() as server:
        with pytest.raises(MeldFout, match="mail via"):
            send(BERICHT, Melding(mail=_mail(free_port()), webhook=server.address), NONE)
        assert len(server.found) == 1


@pytest.mark.parametrize("way", ["mail", "webhook"])
def test_a_server_that_never_answers_is_given_up(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.core.notify.TIMEOUT", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        melding = Melding(mail=_mail(port)) if way == "mail" else Melding(webhook=f"http://127.0.0.1:{port}/")
        with pytest.raises(MeldFout, match=way):
            send(BERICHT, melding, NONE)


MAIL = "[melding.mail]\nserver = 'mail.nl'\nvan = 'a@b.nl'\naan = ['c@d.nl']\n"


def _settings(tmp_path: Path, text: str) -> Melding:
    path = tmp_path / "voortgang.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(environment={"VOORTGANG_CONFIG": str(path)}).melding


def test_the_settings(tmp_path: Path) -> None:
    assert _settings(tmp_path, "") == Melding()
    assert _settings(tmp_path, MAIL) == Melding(mail=Mail("mail.nl", "a@b.nl", ("c@d.nl",), 587, starttls=True))
    found = _settings(tmp_path, f"{MAIL}poort = 25\ngebruiker = 'x'\nca = 'ca.pem'\n").mail
    assert found is not None and (found.poort, found.gebruiker, found.ca) == (25, "x", tmp_path / "ca.pem")
    assert _settings(tmp_path, "[melding]\nwebhook = 'https://a.nl/x'\n").webhook == "https://a.nl/x"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("[melding]\nfax = 'x'", "onbekende instelling 'fax'"),
        ("[melding.mail]\nserver = 'x'\nvan = 'a@b.nl'", "aan ontbreekt"),
        (f"{MAIL}wachtwoord = 'x'", "onbekende instelling 'wachtwoord'"),
        (f"{MAIL}starttls = false", "onbeveiligd"),
        (f"{MAIL}poort = 'x'", "verkeerde soort"),
        (MAIL.replace("'c@d.nl'", "'c'"), "mailadressen"),
        ("[melding]\nwebhook = 'http://elders.nl/sleutel'", "geen adres met https"),
    ],
)
def test_settings_that_cannot_be(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(GebruiksFout, match=part) as refused:
        _settings(tmp_path, text)
    assert "elders.nl" not in str(refused.value)
