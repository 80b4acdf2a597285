"""Text of a cell to its value, as people in Japan and elsewhere write numbers and dates. Nothing is guessed.

Understood are full-width digits, grouping by commas, 万 and 億, units of tonnes, and dates in ISO form, with slashes
(year first), in Japanese with western years or eras, and with the month as an English word. What could mean two
things is refused.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PLAIN = re.compile(rf"^[-+△▲]?{NUMBER}$")
_JAPANESE = re.compile(
    rf"^(?P<sign>[-+△▲]?)(?:(?P<oku>{NUMBER})億)?(?:(?P<man>{NUMBER})万)?(?P<rest>{NUMBER})?$"
)
_UNITS: Mapping[str, Decimal] = {
    "": Decimal(1),
    "t": Decimal(1),
    "トン": Decimal(1),
    "千t": Decimal(1000),
    "千トン": Decimal(1000),
    "kt": Decimal(1000),
    "mt": Decimal(1_000_000),
}
_UNIT = re.compile(
    r"(?P<unit>kt|mt|千t|千トン|t|トン)?\s*-?\s*(?:co2(?:-?e(?:q)?)?|co2換算)?$", re.IGNORECASE
)
_ERAS = (
    (("令和", "r"), 2018, date(2019, 5, 1), date(9999, 12, 31)),
    (("平成", "h"), 1988, date(1989, 1, 8), date(2019, 4, 30)),
    (("昭和", "s"), 1925, date(1926, 12, 25), date(1989, 1, 7)),
)
_ERA = r"(?P<era>令和|平成|昭和|[RHSrhs](?=\d))\s*(?P<era_year>\d{1,2}|元)"
_MONTHS = {
    name.lower(): n
    for names in (calendar.month_name, calendar.month_abbr)
    for n, name in enumerate(names)
    if name
}
_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))

_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})$",
        r"^(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})$",
        r"^(?P<y>\d{4})\.(?P<m>\d{1,2})\.(?P<d>\d{1,2})$",
        r"^(?P<y>\d{4})年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})日$",
        rf"^{_ERA}年\s*(?P<m>\d{{1,2}})月\s*(?P<d>\d{{1,2}})日$",
        rf"^{_ERA}[./-](?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})$",
        rf"^(?P<d>\d{{1,2}})\s+(?P<word>{_WORD})\.?,?\s+(?P<y>\d{{4}})$",
        rf"^(?P<word>{_WORD})\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>\d{{4}})$",
    )
)
_MONTH = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?P<y>\d{4})-(?P<m>\d{1,2})$",
        r"^(?P<y>\d{4})/(?P<m>\d{1,2})$",
        r"^(?P<y>\d{4})年\s*(?P<m>\d{1,2})月$",
        rf"^{_ERA}年\s*(?P<m>\d{{1,2}})月$",
        rf"^(?P<word>{_WORD})\.?\s+(?P<y>\d{{4}})$",
    )
)
_YEAR = tuple(
    re.compile(p, re.IGNORECASE) for p in (r"^(?:FY\s*)?(?P<y>\d{4})(?:年度?)?$", rf"^{_ERA}年度?$")
)

DATE_EXPECTED = (
    "a date such as 2025-02-18, 2025/2/18, 2025年2月18日 or 令和7年2月18日",
    "2025-02-18、2025/2/18、2025年2月18日、令和7年2月18日などの日付",
)
PARTIAL_EXPECTED = (
    DATE_EXPECTED[0] + ", a month (2025-02) or a year (2025)",
    DATE_EXPECTED[1] + "、月(2025-02)又は年(2025)",
)
TONNES_EXPECTED = (
    "whole tonnes such as 12345, 12,345, 1億2,000万 or 12.3 kt",
    "12345、12,345、1億2,000万、12.3 ktなどの整数トン",
)


class ValueNotUnderstood(ValueError):
    """A cell that cannot be read without guessing; holds what was expected, in both languages."""

    def __init__(self, expected_en: str, expected_ja: str) -> None:
        self.expected_en = expected_en
        self.expected_ja = expected_ja
        super().__init__(expected_en)


def _plain(text: str) -> str:
    """Full-width letters, digits and signs as half-width; the minus and comma variants as one."""
    return unicodedata.normalize("NFKC", text).strip().replace("−", "-").replace("、", ",")


def _decimal(text: str) -> Decimal:
    sign = -1 if text[:1] in "-△▲" else 1
    return sign * Decimal(text.lstrip("-+△▲").replace(",", ""))


def _japanese_number(text: str) -> Decimal | None:
    match = _JAPANESE.match(text)
    if match is None or not any(match.group("oku", "man", "rest")):
        return None
    parts = [
        _decimal(part) * factor if part else Decimal(0)
        for part, factor in zip(match.group("oku", "man", "rest"), (10**8, 10**4, 1), strict=True)
    ]
    # 1億2,000万 is one number; 5万20,000 is not how anybody writes.
    if (match["oku"] and parts[1] >= 10**8) or (match["man"] and parts[2] >= 10**4):
        return None
    return sum(parts, Decimal(0)) * (-1 if match["sign"] in ("-", "△", "▲") else 1)


def tonnes(text: str) -> int:
    """Whole tonnes, from 12345, 12,345 t-CO2, 1億2,000万, 12.3 kt; raises ValueNotUnderstood."""
    cell = _plain(text)
    unit = _UNIT.search(cell)
    assert unit is not None  # noqa: S101 - the pattern also matches nothing
    number = cell[: unit.start()].strip()
    value = _japanese_number(number.replace(" ", "") if "億" in number or "万" in number else number)
    factor = _UNITS[(unit["unit"] or "").lower()]
    if value is None or (factor == 1 and "." in number and "万" not in number and "億" not in number):
        raise ValueNotUnderstood(*TONNES_EXPECTED)
    value *= factor
    if value != value.to_integral_value():
        raise ValueNotUnderstood(*TONNES_EXPECTED)
    return int(value)


def integer(text: str) -> int:
    """A whole number; raises ValueNotUnderstood."""
    cell = _plain(text)
    value = _japanese_number(cell)
    if value is None or "." in cell:
        raise ValueNotUnderstood("a whole number such as 12 or 1,200", "12、1,200などの整数")
    return int(value)


def decimal(text: str) -> float:
    """A number with a fraction; raises ValueNotUnderstood."""
    cell = _plain(text)
    if not _PLAIN.match(cell):
        raise ValueNotUnderstood("a number such as 12.5 or 1,200", "12.5、1,200などの数値")
    return float(_decimal(cell))


def boolean(text: str) -> bool:
    """true or false, yes or no; raises ValueNotUnderstood."""
    known = {"true": True, "yes": True, "false": False, "no": False}
    try:
        return known[_plain(text).lower()]
    except KeyError:
        raise ValueNotUnderstood("true or false", "true又はfalse") from None


def _year_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("y"):
        return int(groups["y"])
    era = groups["era"].lower()
    number = 1 if groups["era_year"] == "元" else int(groups["era_year"])
    start = next(base for names, base, _, _ in _ERAS if era in names)
    return start + number


def _month_of(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return _MONTHS[groups["word"].lower()] if groups.get("word") else int(groups["m"])


def _within_era(match: re.Match[str], first: date, last: date) -> bool:
    era = (match.groupdict().get("era") or "").lower()
    if not era:
        return True
    begins, ends = next((b, e) for names, _, b, e in _ERAS if era in names)
    return last >= begins and first <= ends


def day(text: str) -> date:
    """A date; raises ValueNotUnderstood, also for 03/04/2025, which may mean two days."""
    cell = _plain(text)
    for pattern in _DAYS:
        if match := pattern.match(cell):
            try:
                found = date(_year_of(match), _month_of(match), int(match["d"]))
            except ValueError:
                break
            if _within_era(match, found, found):
                return found
    raise ValueNotUnderstood(*DATE_EXPECTED)


def partial_day(text: str) -> tuple[date, str]:
    """The earliest day that a date, a month or a year may mean, and which of them it is."""
    cell = _plain(text)
    for pattern in _MONTH:
        if match := pattern.match(cell):
            year, month = _year_of(match), _month_of(match)
            if 1 <= month <= 12:
                first = date(year, month, 1)
                if _within_era(match, first, date(year, month, calendar.monthrange(year, month)[1])):
                    return first, "month"
            raise ValueNotUnderstood(*PARTIAL_EXPECTED)
    for pattern in _YEAR:
        if (match := pattern.match(cell)) and "度" not in cell and not cell.lower().startswith("fy"):
            year = _year_of(match)
            if 1 <= year <= 9999 and _within_era(match, date(year, 1, 1), date(year, 12, 31)):
                return date(year, 1, 1), "year"
    try:
        return day(cell), "day"
    except ValueNotUnderstood:
        raise ValueNotUnderstood(*PARTIAL_EXPECTED) from None


def year(text: str) -> int:
    """A year or fiscal year: 2030, FY2030, 2030年度, 令和12年度."""
    cell = _plain(text)
    for pattern in _YEAR:
        if match := pattern.match(cell):
            return _year_of(match)
    raise ValueNotUnderstood("a year such as 2030, FY2030 or 2030年度", "2030、FY2030、2030年度などの年(度)")


def interval(text: str) -> tuple[date, date, str]:
    """First and last day of a date, a month, or an interval from/to in ISO dates; and which of them it is."""
    cell = _plain(text)
    first, slash, last = cell.partition("/")
    if slash and re.match(r"^\d{4}-\d{2}-\d{2}$", first) and re.match(r"^\d{4}-\d{2}-\d{2}$", last):
        return day(first), day(last), "interval"
    found, precision = partial_day(cell)
    if precision == "month":
        return found, found.replace(day=calendar.monthrange(found.year, found.month)[1]), "month"
    if precision == "day":
        return found, found, "day"
    raise ValueNotUnderstood(
        "a date, a month (2022-08) or an interval (2022-06-01/2022-08-26)",
        "日付、月(2022-08)又は期間(2022-06-01/2022-08-26)",
    )


def text_value(text: str) -> str:
    """The text without spaces around it; formulas and HTML stay what they are: text."""
    return text.strip()


READERS: Mapping[str, Callable[[str], Any]] = {
    "text": text_value,
    "integer": integer,
    "tonnes": tonnes,
    "decimal": decimal,
    "boolean": boolean,
    "date": day,
    "year": year,
    "partial_date": lambda text: partial_day(text)[0],
    "precision": lambda text: partial_day(text)[1],
    "interval_from": lambda text: interval(text)[0],
    "interval_to": lambda text: interval(text)[1],
    "interval_precision": lambda text: interval(text)[2],
}
"""How a cell is read, by the word `reads` of its column. Cells are never empty here: an empty cell is null."""
