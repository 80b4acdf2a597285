"""Word of a refresh by webhook or e-mail, where the environment asks for it: its head, never the record itself."""

import os
import smtplib
from email.message import EmailMessage

import httpx

from etl.refresh.report import head_of
from etl.refresh.session import Outcome

WEBHOOK, MAIL_TO, MAIL_FROM, MAIL_HOST = (
    "JCM_REFRESH_WEBHOOK",
    "JCM_REFRESH_MAIL_TO",
    "JCM_REFRESH_MAIL_FROM",
    "JCM_SMTP_HOST",
)
SECONDS = 20


def notify(outcome: Outcome) -> list[str]:
    """Send the head of the report where JCM_REFRESH_WEBHOOK (JSON with `text`) or JCM_REFRESH_MAIL_TO (by JCM_SMTP_HOST,
    host or host:port) is set and something was proposed or failed; return what went wrong, in words.
    """
    if outcome.folder is None and not outcome.failed:
        return []
    text = _text(outcome)
    problems = []
    if address := os.environ.get(WEBHOOK):
        try:
            httpx.post(address, json={"text": text}, timeout=SECONDS).raise_for_status()
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            problems.append(f"{WEBHOOK}: the message was not delivered ({error}).")
    if to := os.environ.get(MAIL_TO):
        try:
            _mail(to, text)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            problems.append(f"{MAIL_TO}: the message was not delivered ({error}). Check {MAIL_HOST}.")
    return problems


def _text(outcome: Outcome) -> str:
    lines = [head_of(outcome.proposals, lambda en, _: en), head_of(outcome.proposals, lambda _, ja: ja)]
    lines += [f"{one.source_code}: {en}" for one in outcome.attempts for en, _ in one.failures]
    if outcome.folder is not None:
        lines.append(f"data/proposals/{outcome.folder.name}/report.md")
    return "\n".join(lines)


def _mail(to: str, text: str) -> None:
    message = EmailMessage()
    message["To"] = to
    message["From"] = os.environ.get(MAIL_FROM) or to
    message["Subject"] = "JCM target tracker: proposals of a refresh / 更新案"
    message.set_content(text)
    host, _, port = os.environ.get(MAIL_HOST, "localhost").partition(":")
    with smtplib.SMTP(host, int(port or 25), timeout=SECONDS) as server:
        server.send_message(message)
