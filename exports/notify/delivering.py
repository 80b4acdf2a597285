"""How often and when a delivery is tried again."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


class Failed(Exception):
    """A delivery that failed for good; the message holds no secret."""


class Later(Failed):
    """A delivery that may succeed later; `retry_after` is when, in the words of the receiver, empty without."""

    def __init__(self, said: str, retry_after: str = "") -> None:
        super().__init__(said)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Pace:
    """The clock, tries, the seconds before the second one, doubled each time, and the longest a receiver may let us wait."""

    clock: Callable[[], datetime]
    tries: int = 4
    first_seconds: float = 2
    most_seconds: float = 120
    sleep: Callable[[float], None] = time.sleep


def deliver(attempt: Callable[[], None], pace: Pace) -> None:
    """Tries until it succeeds. Raises Failed after the last try, at once for what fails for good."""
    for tried in range(1, pace.tries + 1):
        try:
            attempt()
        except Later as error:
            asked = seconds_of(error.retry_after, pace.clock())
            wait = pace.first_seconds * 2 ** (tried - 1) if asked is None else asked
            if tried == pace.tries or wait > pace.most_seconds:
                raise
            pace.sleep(wait)
        else:
            return


def seconds_of(retry_after: str, now: datetime) -> float | None:
    """Seconds of a header Retry-After, which holds a number or a day with its time; None for neither."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, ((then if then.tzinfo else then.replace(tzinfo=UTC)) - now).total_seconds())
