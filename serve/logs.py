"""What the server writes about itself: plain lines or JSON, never who asked for what.

No address, user agent, query string or text of a reader is ever a field of an event.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

_LOGGER = logging.getLogger("jcm.serve")
_FRAMEWORK = ("streamlit", "uvicorn", "websockets")
LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}
Level = Literal["debug", "info", "warning", "error"]


class _Lines(logging.Formatter):
    """One line a record, as JSON or plain. What only says something is in its own words where lines are plain."""

    def __init__(self, form: Literal["plain", "json"]) -> None:
        super().__init__()
        self._as_json = form == "json"

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = getattr(record, "fields", None)
        told = fields if fields is not None else {"event": "log", "message": record.getMessage()}
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        if self._as_json:
            whole = {"time": time, "level": record.levelname.lower(), **told}
            return json.dumps(whole | ({"trace": trace} if trace else {}), ensure_ascii=False, default=str)
        if told["event"] == "said":
            return str(told["message"])
        words = " ".join(str(v) if k in {"event", "message"} else f"{k}={v}" for k, v in told.items())
        return f"{time} {record.levelname.lower()} {words}" + (f"\n{trace}" if trace else "")


def write_logs(form: Literal["plain", "json"], level: Level) -> None:
    """Write to standard output from now on."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Lines(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _LOGGER.setLevel(LEVELS[level])


def take_over_framework() -> None:
    """Loggers of the framework have handlers of their own; what they say comes in our form instead."""
    for name in [one for one in logging.root.manager.loggerDict if one.split(".")[0] in _FRAMEWORK]:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def is_written(level: Level) -> bool:
    """Whether events of this level are written."""
    return _LOGGER.isEnabledFor(LEVELS[level])


def tell(event: str, level: Level = "info", **fields: object) -> None:
    """Write an event. `fields` must not hold what a reader has sent."""
    known = {k: v for k, v in fields.items() if v is not None}
    _LOGGER.log(LEVELS[level], event, extra={"fields": {"event": event, **known}})


def say(text: str) -> None:
    """Write a sentence for whoever started the server, at any level."""
    _LOGGER.log(logging.CRITICAL, text, extra={"fields": {"level": "info", "event": "said", "message": text}})
