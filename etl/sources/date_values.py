"""Text → dates, in the styles of English and Japanese documents; what could be read in two ways is refused."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from etl.sources.value_text import ValueNotUnderstood, in_half_width, without_note

Precision = Literal["day", "month", "year"]


@dataclass(frozen=True)
class StatedDate:
    """A date as stated: the earliest and the latest day it may mean, and its precision."""

    earliest: date
    latest: date
    precision: Precision

    def __str__(self) -> str:
        return self.earliest.isoformat()[: {"year": 4, "month": 7, "day": 10}[self.precision]]


@dataclass(frozen=True)
class _Era:
    first: date
    last: date

    def year(self, number: int) -> int | None:
        """Common year of a year of the era; None beyond its end."""
        year = self.first.year + number - 1
        return year if number >= 1 and year <= self.last.year else None


_ERAS = {
    "令和": _Era(date(2019, 5, 1), date(2099, 12, 31)),
    "平成": _Era(date(1989, 1, 8), date(2019, 4, 30)),
    "昭和": _Era(date(1926, 12, 25), date(1989, 1, 7)),
}
_ERAS |= {"R": _ERAS["令和"], "H": _ERAS["平成"], "S": _ERAS["昭和"]}

_DAY = (
    "a date, such as 2025-02-18, 2025/2/18, 2025年2月18日, 令和7年2月18日 or 18 February 2025",
    "日付（2025-02-18、2025/2/18、2025年2月18日、令和7年2月18日等）",
)
_PARTIAL = (
    "a date, a month or a year, such as 2025-02-18, 2025年2月18日, 令和7年2月, 2025-02 or 2025",
    "日付、年月又は年（2025-02-18、2025年2月18日、令和7年2月、2025-02、2025等）",
)
_INTERVAL = (
    "a date, a month or two dates with / between them, such as 2025-02-18, 2025-02 or 2025-02-18/2025-03-01",
    "日付、年月又は「/」で区切った2つの日付（2025-02-18、2025-02、2025-02-18/2025-03-01等）",
)
_FISCAL_YEAR = (
    "a year of four digits or a fiscal year, such as 2025, FY2025, 2025年度 or 令和7年度",
    "4桁の年又は年度（2025、FY2025、2025年度、令和7年度等）",
)

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_ERA = "(?P<era>令和|平成|昭和|[RHS])(?P<number>元|[0-9]{1,2})"
_WEEKDAYS = "月火水木金土日"

_STYLES = tuple(
    re.compile(style, re.IGNORECASE)
    for style in (
        r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})(?:-(?P<d>[0-9]{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?)?",
        r"(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})(?:/(?P<d>[0-9]{1,2})(?: 0?0:00(?::00)?)?)?",
        r"(?P<y>[0-9]{4})\.(?P<m>[0-9]{1,2})\.(?P<d>[0-9]{1,2})",
        r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
        r"(?P<y>[0-9]{4})(?:年(?:(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?)?)?",
        _ERA + r"年(?:(?P<m>[0-9]{1,2})月(?:(?P<d>[0-9]{1,2})日)?)?",
        _ERA + r"([./-])(?P<m>[0-9]{1,2})\3(?P<d>[0-9]{1,2})",
        rf"(?P<d>[0-9]{{1,2}}) {_MONTH},? (?P<y>[0-9]{{4}}|[0-9]{{2}})",
        rf"(?P<d>[0-9]{{1,2}})-{_MONTH}-(?P<y>[0-9]{{4}}|[0-9]{{2}})",
        rf"{_MONTH} (?P<d>[0-9]{{1,2}}), ?(?P<y>[0-9]{{4}})",
        rf"{_MONTH} (?P<y>[0-9]{{4}})",
    )
)
_WEEKDAY = re.compile(rf" ?\((?P<weekday>[{_WEEKDAYS}])(?:曜日?)?\)$")
_FISCAL = re.compile(r"(?:FY ?)?(?P<y>[0-9]{4})|(?P<jy>[0-9]{4})年度")
_FISCAL_ERA = re.compile(_ERA + "年度")


def day(text: str) -> date:
    """A full date."""
    stated = _stated(text)
    if stated is None or stated.precision != "day":
        raise ValueNotUnderstood(*_DAY)
    return stated.earliest


def partial_date(text: str) -> StatedDate:
    """A date, a month or a year. `2025年度` is none: a fiscal year is not a calendar year."""
    stated = _stated(text)
    if stated is None:
        raise ValueNotUnderstood(*_PARTIAL)
    return stated


def interval(text: str) -> tuple[date, date]:
    """A day, a month or `from/to`: its earliest and latest day."""
    stated = _stated(text)
    if stated is not None and stated.precision != "year":
        return stated.earliest, stated.latest
    ends = re.split(r" ?[~〜] ?", in_half_width(text))
    if len(ends) != 2 and text.count("/") == 1:
        # Between ISO dates; dates with strokes of their own need a wave dash between them.
        ends = text.split("/")
    if len(ends) == 2:
        first, last = (_stated(end) for end in ends)
        if first is not None and last is not None and "year" not in (first.precision, last.precision):
            return first.earliest, last.latest
    raise ValueNotUnderstood(*_INTERVAL)


def fiscal_year(text: str) -> int:
    """A year, or the calendar year in which a fiscal year begins. `2025年` is refused where 2025年度 is meant."""
    plain = without_note(in_half_width(text))
    if found := _FISCAL.fullmatch(plain):
        return int(found["y"] or found["jy"])
    if (found := _FISCAL_ERA.fullmatch(plain)) and (year := _year_of(found)):
        return year
    raise ValueNotUnderstood(*_FISCAL_YEAR)


@lru_cache(maxsize=50_000)  # several columns of a table are read from one cell, and days come again and again
def _stated(text: str) -> StatedDate | None:
    """The date a text states; None when it states none, or one that does not exist."""
    plain = without_note(in_half_width(text))
    weekday = _WEEKDAY.search(plain)
    if weekday:
        plain = plain[: weekday.start()]
    if any(sign in plain for sign in "年月日"):
        plain = plain.replace(" ", "")
    for style in _STYLES:
        if found := style.fullmatch(plain):
            stated = _assembled(found)
            if stated and weekday and not _falls_on(stated, weekday["weekday"]):
                return None
            return stated
    return None


def _falls_on(stated: StatedDate, weekday: str) -> bool:
    return stated.precision == "day" and _WEEKDAYS[stated.earliest.weekday()] == weekday


def _year_of(found: re.Match[str]) -> int | None:
    number = found["number"]
    return _ERAS[found["era"].upper()].year(1 if number == "元" else int(number))


def _assembled(found: re.Match[str]) -> StatedDate | None:
    parts = found.groupdict()
    year = _year_of(found) if parts.get("era") else int(parts["y"])
    if (
        year is not None and len(parts.get("y") or "") == 2
    ):  # only beside the name of a month, and the JCM is of this century
        year += 2000
    if year is None or not 1900 <= year <= 2100:
        return None
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts.get("m") or 0)
    number = int(parts.get("d") or 0)
    try:
        if parts.get("d"):
            stated = StatedDate(date(year, month, number), date(year, month, number), "day")
        elif month or parts.get("m"):
            last = calendar.monthrange(year, month)[1]
            stated = StatedDate(date(year, month, 1), date(year, month, last), "month")
        else:
            stated = StatedDate(date(year, 1, 1), date(year, 12, 31), "year")
    except ValueError:  # no such day or month; calendar.IllegalMonthError is one too
        return None
    if parts.get("era"):
        era = _ERAS[parts["era"].upper()]
        if stated.latest < era.first or stated.earliest > era.last:
            return None
    return stated
