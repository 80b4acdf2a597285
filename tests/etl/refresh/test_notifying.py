"""Word of a refresh goes out by webhook and by mail, in both languages, without the rows; a dead address stops nothing."""

import io
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.refresh.proposal import FOLDER
from tests.etl.data_folder import DataFolder
from tests.etl.importers.fixture_server import Exchange, FixtureServer, status
from tests.etl.importers.workbooks import iges_workbook
from tests.etl.refresh.local_site import Ran

SECRET = "T0KEN"  # noqa: S105 - it opens nothing
TITLE = "Quite another title"


class MailServer:
    """A mail server on this machine that takes every message; `taken` has them with sender and receivers."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []

    @contextmanager
    def running(self) -> Iterator[str]:
        """Run it; the name of its host with its port."""
        taken = self.taken

        class Session(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                sender, receivers = "", []
                self.wfile.write(b"220 ready\r\n")
                while line := self.rfile.readline().decode().strip():
                    word = line[:4].upper()
                    if word == "DATA":
                        self.wfile.write(b"354 go on\r\n")
                        lines = iter(self.rfile.readline, b".\r\n")
                        taken.append((sender, receivers, b"".join(lines)))
                    elif word == "MAIL":
                        sender = line.partition(":")[2]
                    elif word == "RCPT":
                        receivers.append(line.partition(":")[2])
                    self.wfile.write(b"221 bye\r\n" if word == "QUIT" else b"250 fine\r\n")
                    if word == "QUIT":
                        return

        with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Session) as server:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            yield f"127.0.0.1:{server.server_address[1]}"
            server.shutdown()


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_REFRESH_CACHE", str(tmp_path / "cache"))
    for name in ("WEBHOOK", "MAIL_TO", "MAIL_FROM"):
        monkeypatch.delenv(f"JCM_REFRESH_{name}", raising=False)


def refresh(data: DataFolder, content: bytes) -> Ran:
    path = data.path.parent / "iges-database.xlsx"
    path.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["refresh", "iges-database", "--from", str(path), "--data", str(data.path)])
    return Ran(code, out.getvalue(), err.getvalue())


CONTRADICTING = iges_workbook([["MN003", TITLE, "Mongolia", "", "", ""]])


def test_the_head_goes_out_in_both_languages_without_the_rows(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies: list[bytes] = []

    def take(exchange: Exchange) -> None:
        bodies.append(exchange.rfile.read(int(exchange.headers["Content-Length"])))
        exchange.reply(200, b"ok")

    monkeypatch.setattr(Exchange, "do_POST", Exchange.do_GET, raising=False)
    mail = MailServer()
    with FixtureServer() as server, mail.running() as host:
        server.answer(f"/hook/{SECRET}", take)
        monkeypatch.setenv("JCM_REFRESH_WEBHOOK", server.url(f"/hook/{SECRET}"))
        monkeypatch.setenv("JCM_REFRESH_MAIL_TO", "someone@example.org")
        monkeypatch.setenv("JCM_REFRESH_MAIL_FROM", "tracker@example.org")
        monkeypatch.setenv("JCM_SMTP_HOST", host)
        ran = refresh(data, CONTRADICTING)
    assert (ran.code, ran.err) == (0, "")
    text = json.loads(bodies[0])["text"]
    ((sender, receivers, content),) = mail.taken
    assert ("tracker@example.org" in sender, "someone@example.org" in receivers[0]) == (True, True)
    message = message_from_bytes(content, policy=policy.default)
    assert message["Subject"] == "JCM target tracker: proposals of a refresh / 更新案"
    for told in (text, message.get_content()):
        assert "Statements that contradict the record: 1 (1 of 1 need a decision)." in told
        assert "記録と相違する記載：1（1件中1件は判断が必要）。" in told
        assert f"data/{FOLDER}/" in told
        assert TITLE not in told
        assert "MN003" not in told


def test_a_failure_goes_out_in_both_languages(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    mail = MailServer()
    with mail.running() as host:
        monkeypatch.setenv("JCM_REFRESH_MAIL_TO", "someone@example.org")
        monkeypatch.setenv("JCM_SMTP_HOST", host)
        assert refresh(data, b"PK\x03\x04cut off").code == 1
    told = message_from_bytes(mail.taken[0][2], policy=policy.default).get_content()
    assert "iges-database.xlsx: the workbook cannot be read" in told
    assert "Excel ファイルを読み取れません" in told


def test_dead_addresses_are_told_and_the_refresh_stands(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JCM_REFRESH_WEBHOOK", f"http://127.0.0.1:1/{SECRET}")
    monkeypatch.setenv("JCM_REFRESH_MAIL_TO", "someone@example.org")
    monkeypatch.setenv("JCM_SMTP_HOST", "127.0.0.1:1")
    ran = refresh(data, CONTRADICTING)
    assert ran.code == 0
    assert list((data.path / FOLDER).glob("*/proposals.csv"))
    assert "JCM_REFRESH_WEBHOOK: the message was not delivered" in ran.err
    assert "JCM_REFRESH_MAIL_TO：通知を送信できませんでした" in ran.err
    assert SECRET not in ran.out + ran.err


@pytest.mark.parametrize(
    ("name", "value"),
    [("JCM_REFRESH_WEBHOOK", "no address"), ("JCM_SMTP_HOST", "127.0.0.1:many"), ("JCM_REFRESH_WEBHOOK", "")],
)
def test_settings_that_are_none_are_told_too(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("JCM_REFRESH_MAIL_TO", "someone@example.org" if name == "JCM_SMTP_HOST" else "")
    monkeypatch.setenv(name, value)
    ran = refresh(data, b"<html>nothing</html>")
    assert ran.code == 1
    assert ("was not delivered" in ran.err) is bool(value)


def test_a_webhook_that_refuses_is_told_without_its_address(
    data: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Exchange, "do_POST", Exchange.do_GET, raising=False)
    with FixtureServer() as server:
        server.answer(f"/{SECRET}", status(404))
        monkeypatch.setenv("JCM_REFRESH_WEBHOOK", server.url(f"/{SECRET}"))
        ran = refresh(data, b"<html>nothing</html>")
    assert "not delivered (HTTP 404)" in ran.err
    assert SECRET not in ran.err


def test_nothing_goes_out_when_nothing_is_new(data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JCM_REFRESH_WEBHOOK", "http://127.0.0.1:1/")
    titles = {row[0]: row[2] for row in data.rows("snapshot/projects.csv")}
    ran = refresh(data, iges_workbook([["MN003", titles["MN003"], "Mongolia", "", "", ""]]))
    assert (ran.code, ran.err) == (0, "")
