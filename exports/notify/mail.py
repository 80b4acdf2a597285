"""Digests by mail: the message, and the server that takes it."""

import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from exports.notify.delivering import Failed, Later
from exports.notify.digest import Digest, Entry, Section, Told, more_words, subject_of, text_of
from view.marks.markup import NOTHING, Markup, items, joined
from view.texts import Texts

HOST, PORT, TLS, USER, PASSWORD = (
    "JCM_SMTP_HOST",
    "JCM_SMTP_PORT",
    "JCM_SMTP_TLS",
    "JCM_SMTP_USER",
    "JCM_SMTP_PASSWORD",
)
SECONDS = 30
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_LINK = Markup('<a href="{}">{}</a>')


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. The password is in no representation."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)

    def send(self, message: EmailMessage) -> None:
        """Hands a message in. Raises Later for what may succeed later, Failed for what was refused for good."""
        try:
            with self._connect() as server:
                if self.tls == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPAuthenticationError as error:
            # What the server says may repeat what it was given.
            raise Failed(
                f"the mail server refused the login ({error.smtp_code}); see {USER}, {PASSWORD}"
            ) from None
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:
            raise Failed(f"the mail server does not offer what is asked for: {error}; see {TLS}") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Later(
                f"the mail server could not be reached or fell silent ({type(error).__name__})"
            ) from error

    def _connect(self) -> smtplib.SMTP:
        if self.tls == "tls":
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=SECONDS, context=ssl.create_default_context()
            )
        return smtplib.SMTP(self.host, self.port, timeout=SECONDS)


def _refusal(code: int, said: bytes | str) -> Failed:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    kind: Callable[[str], Failed] = Later if 400 <= code < 500 else Failed
    return kind(f"the mail server said {code}: {' '.join(words.split())[:200]}")


def mail_server(environment: Mapping[str, str] = os.environ) -> MailServer:
    """The server that the environment names. Raises ValueError, saying which variable is wrong."""
    host, _, port = environment.get(HOST, "localhost").partition(":")
    tls = environment.get(TLS, "starttls").lower()
    if tls not in _PORTS:
        raise ValueError(f"{TLS} is one of {', '.join(_PORTS)}")
    number = environment.get(PORT) or port or str(_PORTS[tls])
    if not (number.isascii() and number.isdecimal() and 0 < int(number) < 65_536):
        raise ValueError(f"{PORT} is a number from 1 to 65535")
    user, password = environment.get(USER, ""), environment.get(PASSWORD, "")
    if bool(user) != bool(password):
        raise ValueError(f"{USER} and {PASSWORD} belong together; one of them is not set")
    if user and tls == "none":
        raise ValueError(f"a login needs encryption: {TLS}=none sends no password")
    return MailServer(host, int(number), tls, user, password)


def message_of(digest: Digest, sender: Address, to: Address, unsubscribe: str, at: datetime) -> EmailMessage:
    """The message, as automatic mail is marked (RFC 3834, RFC 2369); the same digest has the same Message-ID."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = digest.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{digest.name}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Precedence"] = "bulk"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"<jcm-changes.{sender.domain}>"
    leave = unsubscribe or f"mailto:{sender.addr_spec}?subject=unsubscribe"
    message["List-Unsubscribe"] = f"<{leave}>"
    message["Content-Language"] = ", ".join(one.t.lang for one in digest.told)
    message.set_content(text_of(digest, leave), cte="base64")
    message.add_alternative(html_of(digest, leave), subtype="html", cte="base64")
    return message


def html_of(digest: Digest, unsubscribe: str) -> str:
    """The digest as a page for mail programs: plain elements, every link absolute, nothing fetched."""
    parts = joined((_html(one, unsubscribe) for one in digest.told), Markup("<hr>"))
    lang = digest.told[0].t.lang
    return Markup(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>'
        '<body style="font-family:sans-serif;line-height:1.5;max-width:44em">{}</body></html>\n'
    ).format(lang, digest.subject, parts)


def _html(told: Told, unsubscribe: str) -> Markup:
    t = told.t
    page = Markup("<p>{}</p>").format(_LINK.format(told.address, t("All changes on the page")))
    leave = _LINK.format(unsubscribe, t("To receive no more of these"))
    return Markup(
        '<section lang="{}"><h1 style="font-size:1.3em">{}</h1><p>{}</p><p>{}</p>{}{}<p>{}</p></section>'
    ).format(
        t.lang,
        told.title,
        told.span,
        told.summary,
        joined(_section(one, t) for one in told.sections),
        page if told.address else NOTHING,
        leave,
    )


def _section(section: Section, t: Texts) -> Markup:
    def row(entry: Entry) -> Markup:
        line, subject = entry.line, subject_of(entry, t)
        named = _LINK.format(entry.address, subject) if entry.address else Markup("<b>{}</b>").format(subject)
        source = (
            Markup(" ") + _LINK.format(line.source, t("source"))
            if line.source.startswith("http")
            else NOTHING
        )
        return Markup("{} {}{}{}{}").format(entry.kind, named, t.named("", ""), entry.words, source)

    more = Markup("<p>{}</p>").format(more_words(section.more, t)) if section.more else NOTHING
    title = Markup('<h2 style="font-size:1.1em">{}</h2>').format(section.title)
    return title + items(map(row, section.entries)) + more
