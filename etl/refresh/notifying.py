"""Word of a refresh by webhook or e-mail, where the environment asks for it: its head, never the record itself."""

import os
import smtplib
from email.message import EmailMessage

import httpx

from etl.refresh.report import outcome_head
from etl.refresh.session import Outcome

WEBHOOK, MAIL_TO, MAIL_FROM, MAIL_HOST = (
    "JCM_REFRESH_WEBHOOK",
    "JCM_REFRESH_MAIL_TO",
    "JCM_REFRESH_MAIL_FROM",
    "JCM_SMTP_HOST",
)
SECONDS = 20
MOST_FAILURES = 5
"""Failures of one source that are told: a site that is down fails once for every country."""


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
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            # The address may hold a secret and is in the words of most errors: only what kind of error it is, is told.
            problems.append(_not_delivered(WEBHOOK, _reason(error), WEBHOOK))
    if to := os.environ.get(MAIL_TO):
        try:
            _mail(to, text)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            problems.append(_not_delivered(MAIL_TO, str(error) or type(error).__name__, MAIL_HOST))
    return problems


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"HTTP {error.response.status_code}"
    return type(error).__name__


def _not_delivered(variable: str, reason: str, to_check: str) -> str:
    return (
        f"{variable}: the message was not delivered ({reason}). Check {to_check}.\n"
        f"{variable}：通知を送信できませんでした（{reason}）。{to_check} を確認してください。"
    )


def _text(outcome: Outcome) -> str:
    lines = [outcome_head(outcome, lambda en, _: en), outcome_head(outcome, lambda _, ja: ja)]
    for one in outcome.attempts:
        failed = one.failures[:MOST_FAILURES]
        lines += [f"{one.source_code}: {text}" for failure in failed for text in failure]
        if more := len(one.failures) - len(failed):
            lines.append(f"{one.source_code}: … +{more:,}")
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
