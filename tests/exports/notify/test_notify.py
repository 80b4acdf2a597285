"""Digests reach those who watch, once, and say what the page of changes says."""

import ipaddress
import json
import os
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from exports.notify.command import notify
from exports.notify.delivering import Pace, seconds_of
from exports.notify.digest import Comparison
from exports.notify.mail import html_of
from exports.notify.sending import Notifier
from exports.notify.state import State, locked
from exports.notify.watch_list import Recipient, read_watch_list
from exports.notify.webhook import slack, teams
from queries.warehouse import current, kept_versions, version
from tests.exports.notify.receivers import Hook, Mailbox
from tests.own_warehouse import AMOUNT, MARK, lay_over
from view.selection import Selection

ROOT = Path(__file__).parents[3]
SECRET = "T0KEN"  # noqa: S105 - it opens nothing
ALL = """
address = "https://jcm.example.org/tracker/"
sender = "JCM目標トラッカー <tracker@example.org>"

[[watch]]
name = "全体"
lang = ["ja", "en"]
mail = ["山田太郎 <yamada@example.org>"]
"""
HOOK = """
[[watch]]
name = "Viet Nam"
lang = "en"
country = ["VNM"]
webhook = [{ kind = "KIND", url_from = "JCM_WEBHOOK_TEAM" }]
"""
TWO = (
    ALL
    + """
[[watch]]
name = "Georgia"
lang = "en"
country = "GEO"
mail = ["one@example.org", "two@example.org"]
"""
)


@dataclass
class Desk:
    """A watch list, its state, and both receivers."""

    folder: Path
    warehouse: Path
    mailbox: Mailbox
    hook: Hook
    slept: list[float] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return self.folder / "watch.state.json"

    def write(self, text: str) -> Path:
        path = self.folder / "watch.toml"
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, text: str, since: str = "") -> bool:
        newest = current(self.warehouse)
        wanted = read_watch_list(self.write(text), newest)
        pace = Pace(clock=lambda: datetime.now(UTC), sleep=self.slept.append)
        return Notifier(wanted, State(self.state), newest, since, self.said.append, pace).run()

    def command(self, *more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "exports", "notify", str(self.folder / "watch.toml"), *more],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def noted(self) -> dict[str, dict[str, object]]:
        found: dict[str, dict[str, object]] = json.loads(self.state.read_bytes())["recipients"]
        return found


@pytest.fixture
def desk(tmp_path: Path, two_versions: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with Mailbox().open() as mailbox, Hook().open() as hook:
        monkeypatch.setenv("JCM_WAREHOUSE_DIR", str(two_versions))
        monkeypatch.setenv("JCM_SMTP_HOST", f"127.0.0.1:{mailbox.port}")
        monkeypatch.setenv("JCM_SMTP_TLS", "none")
        monkeypatch.setenv("JCM_WEBHOOK_TEAM", hook.address)
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield Desk(tmp_path, two_versions, mailbox, hook)


def part_of_mail(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_mail_tells_the_changes_in_both_languages_with_links(desk: Desk) -> None:
    assert desk.run(ALL)
    (message,) = desk.mailbox.got
    assert str(message["To"]) == "山田太郎 <yamada@example.org>"
    assert str(message["From"]) == "JCM目標トラッカー <tracker@example.org>"
    assert "全体" in message["Subject"]
    assert (message["Auto-Submitted"], message["Precedence"]) == ("auto-generated", "bulk")
    assert message["List-Unsubscribe"] == "<mailto:tracker@example.org?subject=unsubscribe>"
    text, html = (part_of_mail(message, kind) for kind in ("plain", "html"))
    for body in (text, html):
        assert "A new project" in body
        assert "21,501" in body or "21,502" in body
        assert "更新内容" in body
        assert "5,300 t → 5,301 t" in body
    links = re.findall(r'href="([^"]+)"', html)
    pages = [link for link in links if link.startswith("https://jcm.example.org/")]
    assert "https://jcm.example.org/tracker/project?lang=ja&amp;project=P-VNM-999" in pages
    assert "https://jcm.example.org/tracker/project?lang=en&amp;project=P-VNM-999" in pages
    newest, older = kept_versions(desk.warehouse)
    assert all(
        any(f"before={older}&amp;v={newest}" in x and f"lang={lang}" in x for x in pages)
        for lang in ("ja", "en")
    )
    assert not any("P-IDN-003" in link for link in links), "what is gone has no page"
    assert all(urlsplit(link).scheme in {"https", "http", "mailto"} for link in links)
    assert "&lt;" not in html
    assert "<script" not in html
    assert "src=" not in html


def test_the_same_versions_are_told_once(desk: Desk) -> None:
    assert desk.run(ALL)
    assert desk.run(ALL)
    assert len(desk.mailbox.got) == 1


def test_one_who_watches_what_did_not_change_hears_nothing_unless_asked(desk: Desk) -> None:
    quiet = ALL.replace('lang = ["ja", "en"]', 'lang = "en"\ncountry = "KEN"')
    assert desk.run(quiet)
    assert desk.mailbox.got == []
    assert desk.noted()["全体/mail/yamada@example.org"]["told"] == kept_versions(desk.warehouse)[0]
    desk.state.unlink()
    assert desk.run(f"{quiet}even_if_empty = true\n")
    (message,) = desk.mailbox.got
    assert "Nothing differs" in part_of_mail(message, "plain")


def test_a_notifier_killed_between_sending_and_noting_sends_the_same_again_and_no_more(desk: Desk) -> None:
    desk.write(HOOK.replace("KIND", "json"))
    killed = desk.command()
    desk.hook.when_got = killed.kill
    killed.communicate()
    assert killed.returncode < 0
    key = "Viet Nam/json/JCM_WEBHOOK_TEAM"
    assert (desk.noted()[key]["told"], bool(desk.noted()[key]["intended"])) == (None, True)
    desk.hook.when_got = lambda: None
    again = desk.command()
    out, err = again.communicate()
    assert (again.returncode, err) == (0, "")
    assert SECRET not in out + desk.state.read_text()
    first, second = desk.hook.got
    assert first[0]["Idempotency-Key"] == second[0]["Idempotency-Key"]
    assert first[1] == second[1]
    assert desk.run(HOOK.replace("KIND", "json"))
    assert len(desk.hook.got) == 2


def test_a_mail_sent_again_has_its_name_and_its_time(desk: Desk) -> None:
    assert desk.run(ALL)
    key = "全体/mail/yamada@example.org"
    newest, older = kept_versions(desk.warehouse)
    intended = {"older": older, "newer": newest, "at": "2026-12-01T00:00:00+00:00"}
    state = {"format": 1, "recipients": {key: {"told": None, "intended": intended}}}
    desk.state.write_text(json.dumps(state), encoding="utf-8")
    assert desk.run(ALL)
    first, second = desk.mailbox.got
    assert first["Message-ID"] == second["Message-ID"]
    assert "01 Dec 2026" in second["Date"]


def test_a_refused_recipient_stops_no_other_and_is_tried_again_next_time(desk: Desk) -> None:
    desk.mailbox.refusals["one@example.org"] = ["550 no such user"]
    assert not desk.run(TWO)
    assert [m["To"] for m in desk.mailbox.got] == ["山田太郎 <yamada@example.org>", "two@example.org"]
    assert any(
        "Georgia/mail/one@example.org: not delivered: the mail server said 550" in x for x in desk.said
    )
    assert desk.slept == []
    assert desk.run(TWO)
    assert [m["To"] for m in desk.mailbox.got[2:]] == ["one@example.org"]


def test_a_receiver_that_asks_to_come_later_is_asked_later(desk: Desk) -> None:
    desk.mailbox.refusals["yamada@example.org"] = ["451 greylisted", "451 greylisted"]
    assert desk.run(ALL)
    assert desk.slept == [2, 4]
    assert len(desk.mailbox.got) == 1


def test_a_webhook_is_waited_for_as_long_as_it_says_within_limits(desk: Desk) -> None:
    watch = HOOK.replace("KIND", "slack")
    desk.hook.answers = [(429, {"Retry-After": "7"}), (503, {})]
    assert desk.run(watch)
    assert desk.slept == [7, 4]
    assert len({headers["Idempotency-Key"] for headers, _ in desk.hook.got}) == 1
    desk.state.unlink()
    desk.hook.answers = [(429, {"Retry-After": "86400"})]
    assert not desk.run(watch)
    assert desk.slept == [7, 4]
    desk.hook.answers = [(500, {})] * 4
    assert not desk.run(watch)
    desk.hook.answers = [(302, {"Location": "http://127.0.0.1:1/"})]
    assert not desk.run(watch)
    assert any("HTTP 302" in line for line in desk.said), "an address is not handed on to another host"
    assert SECRET not in "".join(desk.said)


def test_slack_gets_text_and_what_the_record_says_is_no_mark(desk: Desk) -> None:
    assert desk.run(HOOK.replace("KIND", "slack"))
    ((headers, body),) = desk.hook.got
    assert headers["Content-Type"] == "application/json"
    text = json.loads(body)["text"]
    assert "<https://jcm.example.org" not in text, "the list names no address"
    assert "A new project" in text
    assert "Georgia" not in text


def test_teams_gets_a_card_with_buttons(desk: Desk) -> None:
    assert desk.run('address = "https://jcm.example.org"\n' + HOOK.replace("KIND", "teams"))
    card = json.loads(desk.hook.got[0][1])["attachments"][0]["content"]
    assert card["type"] == "AdaptiveCard"
    assert any("project=P-VNM-999" in block["text"] for block in card["body"])
    (action,) = card["actions"]
    assert action["url"].startswith("https://jcm.example.org/changes?lang=en")


def test_programs_get_every_change_as_data(desk: Desk) -> None:
    assert desk.run(HOOK.replace("KIND", "json"))
    found = json.loads(desk.hook.got[0][1])
    newest, older = kept_versions(desk.warehouse)
    assert (found["from"]["version"], found["to"]["version"]) == (older, newest)
    (told,) = found["digests"]
    assert [change["key"] for change in told["changes"]] == ["P-VNM-999"]


def test_what_is_due_may_begin_with_a_version_named_or_with_the_oldest_kept(desk: Desk) -> None:
    newest, older = kept_versions(desk.warehouse)
    assert desk.run(ALL, since=newest)
    assert desk.mailbox.got == []
    desk.state.write_text(
        json.dumps(
            {
                "format": 1,
                "recipients": {"全体/mail/yamada@example.org": {"told": "0" * 12, "intended": None}},
            }
        )
    )
    assert desk.run(ALL)
    assert len(desk.mailbox.got) == 1
    assert any("not kept any more" in line and older in line for line in desk.said)


def test_the_command_prints_a_dry_run_and_notes_nothing(desk: Desk) -> None:
    desk.write(ALL)
    done = desk.command("--dry-run")
    out, err = done.communicate()
    assert (done.returncode, err) == (0, "")
    assert "A new project" in out
    assert desk.mailbox.got == []
    assert not desk.state.exists()


def test_two_notifiers_at_once_do_not_both_send(desk: Desk) -> None:
    desk.write(ALL)
    with locked(desk.state):
        second = desk.command()
        _, err = second.communicate()
    assert second.returncode == 1
    assert "another notifier is at work" in err
    assert desk.mailbox.got == []


@pytest.mark.parametrize(
    "content", ["", "{}", '{"format": 9, "recipients": {}}', '{"format": 1, "recipients": [1]}']
)
def test_without_a_readable_state_nothing_is_sent(
    content: str, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.write(ALL)
    desk.state.write_text(content, encoding="utf-8")
    assert notify(path) == 1
    assert "nobody knows what was sent" in capsys.readouterr().err
    assert desk.mailbox.got == []
    assert desk.state.read_text(encoding="utf-8") == content


def test_a_state_that_cannot_be_written_stops_before_anything_is_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert notify(desk.write(ALL)) == 1
    assert "No space left" in capsys.readouterr().err
    assert desk.mailbox.got == []


def test_passwords_go_over_encrypted_lines_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_SMTP_USER", "tracker")
    monkeypatch.setenv("JCM_SMTP_PASSWORD", SECRET)
    assert not desk.run(ALL)
    assert "a login needs encryption" in desk.said[-1]
    monkeypatch.setenv("JCM_SMTP_TLS", "starttls")
    assert not desk.run(ALL)
    assert "does not offer" in desk.said[-1]
    assert SECRET not in "".join(desk.said)
    assert desk.mailbox.got == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", "is not set"),
        ("http://example.org/T0KEN", "https://"),
        ("T0KEN", "https://"),
        ("http://[T0KEN", "no address"),
    ],
)
def test_a_webhook_without_a_safe_address_is_told_by_its_variable(
    value: str, said: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_WEBHOOK_TEAM", value)
    assert not desk.run(HOOK.replace("KIND", "json"))
    assert "JCM_WEBHOOK_TEAM" in desk.said[-1]
    assert said in desk.said[-1]
    assert SECRET not in "".join(desk.said)


def test_the_own_record_is_in_no_digest(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk.warehouse = lay_over(desk.warehouse, tmp_path_factory.mktemp("own") / "warehouse")
    laid = (desk.warehouse / "own" / "current.duckdb").resolve()
    assert laid.exists()
    everything = ALL + "".join(
        f'[[watch]]\nname = "{kind}"\nwebhook = [{{ kind = "{kind}", url_from = "JCM_WEBHOOK_TEAM" }}]\n'
        for kind in ("slack", "teams", "json")
    )
    assert desk.run(everything)
    (message,) = desk.mailbox.got
    bodies = [part_of_mail(message, kind) for kind in ("plain", "html")] + [
        body.decode() for _, body in desk.hook.got
    ]
    assert len(bodies) == 5
    for body in (*bodies, *desk.said, desk.state.read_text(encoding="utf-8")):
        assert MARK not in body
        assert f"{AMOUNT:,}" not in body
        assert laid.stem.removeprefix("jcm-") not in body


def test_what_the_record_says_is_no_mark_of_a_room_or_a_page(two_versions: Path) -> None:
    newest, older = (version(code, two_versions) for code in kept_versions(two_versions))
    compared = Comparison(older, newest)
    evil = "<!channel> *x* [a](http://b) <b>&amp;|`"
    rows = {key: {**row, "title_en": evil} for key, row in compared.found.new.rows["projects"].items()}
    changes = [replace(one, row=rows.get(one.key, one.row)) for one in compared.found.changes["projects"]]
    found = replace(compared.found, changes={**compared.found.changes, "projects": changes})
    vars(compared)["found"] = found
    one = Recipient("k", "w", ("en",), Selection(newest.data_as_of), even_if_empty=True)
    digest = compared.digest(one, "https://jcm.example.org")
    assert digest is not None
    text = slack(digest)["text"]
    assert "<!channel>" not in text
    assert "*x*" not in text
    card = json.dumps(teams(digest))
    assert "[a](http" not in card
    html = html_of(digest, "mailto:a@example.org")
    assert evil not in html
    assert "&lt;!channel&gt; *x*" in html


def test_retry_after_is_a_number_or_a_day_or_nothing() -> None:
    now = datetime(2026, 12, 1, tzinfo=UTC)
    assert seconds_of("30", now) == 30
    assert seconds_of("Tue, 01 Dec 2026 00:01:00 GMT", now) == 60
    assert seconds_of("Mon, 30 Nov 2026 00:01:00 GMT", now) == 0
    for text in ("", "soon", "-5", "１０"):
        assert seconds_of(text, now) is None


@pytest.fixture
def certified(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine, and what a server shows it with."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    own = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(own, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(serialization.Encoding.PEM, *form)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return path, context


def test_mail_goes_over_an_encrypted_line_with_a_login(
    desk: Desk, certified: tuple[Path, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, desk.mailbox.tls = certified
    monkeypatch.setenv("JCM_SMTP_TLS", "starttls")
    monkeypatch.setenv("JCM_SMTP_USER", "tracker")
    monkeypatch.setenv("JCM_SMTP_PASSWORD", SECRET)
    assert not desk.run(ALL)
    assert "does not offer what is asked for" in desk.said[-1], "nobody has signed the certificate"
    assert desk.mailbox.logins == []
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    assert not desk.run(ALL)
    assert "refused the login (535)" in desk.said[-1]
    assert SECRET not in "".join(desk.said)
    monkeypatch.setenv("JCM_SMTP_PASSWORD", "right")
    assert desk.run(ALL)
    assert len(desk.mailbox.got) == 1


def test_an_address_in_any_script_is_written_to(desk: Desk) -> None:
    assert desk.run(ALL.replace("yamada@example.org", "やまだ@example.org"))
    assert [m["To"] for m in desk.mailbox.got] == ["山田太郎 <やまだ@example.org>"]


def test_a_receiver_that_is_not_there_is_asked_four_times_and_stops_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("JCM_WEBHOOK_TEAM", f"http://127.0.0.1:{port}/T0KEN")
    assert not desk.run(ALL + HOOK.replace("KIND", "json"))
    assert desk.slept == [2, 4, 8]
    assert len(desk.mailbox.got) == 1
    assert "ConnectError" in desk.said[-1]
    monkeypatch.setenv("JCM_SMTP_HOST", f"127.0.0.1:{port}")
    monkeypatch.setenv("JCM_WEBHOOK_TEAM", desk.hook.address)
    desk.state.unlink()
    assert not desk.run(ALL + HOOK.replace("KIND", "json"))
    assert len(desk.hook.got) == 1
    assert desk.noted()["全体/mail/yamada@example.org"]["intended"]
