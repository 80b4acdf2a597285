"""How each kind of field is read from what people type, written, and judged."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from model.ledger.agreed_format.fields import NOT_APPLICABLE, Field, Kind, Value
from model.ledger.blocks import number_of

_NOTE = re.compile(r"\{.*\}", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:[, '\u00a0]\d{3})+|\d+)(?:\.0*)?")
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_YEARS = re.compile(r"(\d{4})\s*[-–—]\s*(\d{4})")
_SPELT_OUT = re.compile(r"(?:Occurred|Use): from [\d/]+ to [\d/]+(?:\. Use: from [\d/]+ to [\d/]+)?")
FIRST_YEAR: Final = 2013
LAST_YEAR: Final = 2100


@dataclass(frozen=True)
class Rule:
    """What may stand in a field of one kind. `read` gets text without outer blanks; `right` says what would be right."""

    read: Callable[[str], Value]
    is_right: Callable[[Value], bool]
    right_en: str
    right_ja: str


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _code(text: str) -> str:
    """A code in capitals without blanks; what is no code stays as it is."""
    code = re.sub(r"\s", "", _plain(text)).upper()
    return code if code.isascii() else text


def _whole(text: str) -> Value:
    """A whole number as spreadsheets of several countries write it; anything else stays as it is."""
    plain = _plain(text)
    return int(re.sub(r"[, '\u00a0]|\.0*$", "", plain)) if _NUMBER.fullmatch(plain) else text


def _serial(text: str) -> Value:
    """A number, unless zeros before it are part of the serial."""
    number = _whole(text)
    return text if text.startswith("0") and len(text) > 1 else number


def _number(text: str) -> str:
    plain = re.sub(r"[, ]", "", _plain(text))
    return plain if _is_number(plain) else text


def _day(text: str) -> str:
    """A day in ISO 8601, from dd/mm/yyyy or ISO 8601 with or without a time; anything else stays as it is."""
    plain = _plain(text)
    if found := _DAY.fullmatch(plain):
        day, month, year, *iso = found.groups()
        parts = (year, month, day) if year else tuple(iso)
        try:
            return date(*map(int, parts)).isoformat()
        except ValueError:
            return text
    moment = _moment(text)
    return moment[:10] if _MOMENT.fullmatch(moment) else text


def _moment(text: str) -> str:
    """A time in UTC to the millisecond where a time and its zone are given, else a day; anything else stays as it is."""
    plain = _plain(text)
    if _DAY.fullmatch(plain):
        return _day(text)
    try:
        found = datetime.fromisoformat(plain.replace(" UTC", "Z"))
    except ValueError:
        return text
    return text if found.tzinfo is None else _stamp(found.astimezone(UTC))


def _stamp(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def day_of(value: Value) -> date | None:
    """The day, UTC, of a day or a time; None where the value is neither."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _version(text: str) -> str:
    plain = _plain(text)
    return f"{plain}.0" if plain.isdecimal() else plain


def _timeframe(text: str) -> str:
    found = _YEARS.fullmatch(_plain(text))
    return f"{found[1]} - {found[2]}" if found else text


def _list_of_codes(text: str) -> str:
    return ", ".join(part for part in map(_code, re.split(r"[,;、，]", text)) if part)


def _matches(pattern: str) -> Callable[[Value], bool]:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def _is_year(value: Value) -> bool:
    return isinstance(value, int) and FIRST_YEAR <= value <= LAST_YEAR


def _is_timeframe(value: Value) -> bool:
    found = _YEARS.fullmatch(str(value))
    return int(found[1]) <= int(found[2]) if found else _SPELT_OUT.fullmatch(str(value)) is not None


def years_of(timeframe: Value) -> tuple[int, int] | None:
    """First and last year of a timeframe written as two years; None for any other."""
    found = _YEARS.fullmatch(str(timeframe))
    return (int(found[1]), int(found[2])) if found else None


def _is_number(value: Value) -> bool:
    return re.fullmatch(r"\d+(?:\.\d+)?", str(value)) is not None


_YEAR = ("a year with four digits, such as 2026", "4桁の年（例：2026）")
RULES: Final[Mapping[Kind, Rule]] = {
    "text": Rule(str, lambda _: True, "text", "文字列"),
    "entities": Rule(str, lambda _: True, "identification numbers, separated by commas", "識別番号（カンマ区切り）"),
    "day": Rule(
        _day, lambda v: isinstance(v, str) and day_of(v) is not None and len(v) == 10,
        "a day as dd/mm/yyyy, such as 31/03/2026", "日/月/年（例：31/03/2026）",
    ),
    "moment": Rule(
        _moment, lambda v: isinstance(v, str) and day_of(v) is not None and (len(v) == 10 or bool(_MOMENT.fullmatch(v))),
        "a time in UTC, such as 2026-08-11T12:14:03.356Z", "協定世界時（例：2026-08-11T12:14:03.356Z）",
    ),
    "year": Rule(_whole, _is_year, *_YEAR),
    "vintage": Rule(_whole, _is_year, "one calendar year, such as 2026", "1つの暦年（例：2026）"),
    "whole": Rule(
        _whole, lambda v: isinstance(v, int) and v > 0, "a whole number above 0", "1以上の整数",
    ),
    "tonnes": Rule(
        _whole, lambda v: isinstance(v, int) and v >= 0, "whole tonnes, such as 1234", "整数のトン数（例：1234）",
    ),
    "number": Rule(_number, _is_number, "a number", "数値"),
    "party": Rule(
        _code, _matches("[A-Z]{3}"), "the ISO 3166-1 alpha-3 code of a Party, such as JPN",
        "締約国のISO 3166-1 alpha-3コード（例：JPN）",
    ),
    "parties": Rule(
        _list_of_codes, _matches("[A-Z]{3}(?:, [A-Z]{3})*"), "ISO 3166-1 alpha-3 codes, separated by commas",
        "ISO 3166-1 alpha-3コード（カンマ区切り）",
    ),
    "version": Rule(_version, _matches(r"\d+\.\d+"), "X.Y, first 1.0", "X.Y（初版は1.0）"),
    "approach": Rule(_code, _matches(r"CA\d{4}"), "CA and four digits, such as CA0001", "CA及び4桁の数字（例：CA0001）"),
    "authorization": Rule(
        str, _matches(r"[A-Za-z0-9 -]+"), "letters, digits, spaces and hyphens alone", "英数字、空白及びハイフンのみ",
    ),
    "itmo_registry": Rule(
        _code, _matches(r"[A-Z]{3}\d{2}"), "the code of a Party and two digits, such as JPN01",
        "国コード及び2桁の数字（例：JPN01）",
    ),
    "serial": Rule(
        _serial, lambda v: number_of(v) is not None,
        "a whole number, or an identifier that ends in parts of digits", "整数又は番号を含む識別子",
    ),
    "timeframe": Rule(
        _timeframe, _is_timeframe, "two years, such as 2021 - 2030", "2つの年（例：2021 - 2030）",
    ),
    "term": Rule(str, lambda _: True, "", ""),
    "terms": Rule(str, lambda _: True, "", ""),
}  # fmt: skip


def read_value(field: Field, cell: object) -> Value:
    """The value of a cell: blanks and notes of the platform are empty, days and times ISO 8601, terms as they are listed.

    What cannot be understood stays as it was typed, so that a check can name it.
    """
    if cell is None:
        return None
    if isinstance(cell, date):
        return _of_a_date(field, cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip()
    return None if not text or _is_note(field, text) else _of_text(field, text)


def _is_note(field: Field, text: str) -> bool:
    """Whether the platform's template only says that it will fill the cell."""
    return _NOTE.fullmatch(text) is not None or (field.need == "platform" and "by the CARP" in text)


def _of_text(field: Field, text: str) -> Value:
    if text in field.terms:
        return text
    if _plain(text).upper() in {NOT_APPLICABLE, "N/A"}:
        return NOT_APPLICABLE
    if field.kind == "term":
        return _term(field.terms, text)
    return _terms(field.terms, text) if field.kind == "terms" else RULES[field.kind].read(text)


def _of_a_date(field: Field, cell: date) -> Value:
    day = f"{cell:%Y-%m-%d}"
    if (
        isinstance(cell, datetime)
        and field.kind == "moment"
        and (cell.hour, cell.minute, cell.second) != (0, 0, 0)
    ):
        return _stamp(cell)
    return day


def _folded(text: str) -> str:
    return " ".join(_plain(text).split()).casefold()


def _term(known: tuple[str, ...], text: str) -> str:
    return next((term for term in known if _folded(term) == _folded(text)), text)


def _terms(known: tuple[str, ...], text: str) -> str:
    return "; ".join(_term(known, part.strip()) for part in re.split(r"[;\n]", text) if part.strip())


def write_value(field: Field, value: Value) -> str | int | None:
    """What the platform's workbook has in the cell: days as dd/mm/yyyy, all else as it is held."""
    if field.kind == "day" and (day := day_of(value)) is not None:
        return f"{day:%d/%m/%Y}"
    return value


def is_right(field: Field, value: Value) -> bool:
    """Whether a value may stand in the field; an empty one always may."""
    if value is None or value == NOT_APPLICABLE:
        return True
    if field.kind == "term":
        return value in field.terms
    if field.kind == "terms":
        return all(part in field.terms for part in str(value).split("; "))
    return RULES[field.kind].is_right(value)


def right_of(field: Field) -> tuple[str, str]:
    """What would be right in a field, in English and in Japanese."""
    if not field.terms:
        rule = RULES[field.kind]
        return rule.right_en, rule.right_ja
    several = field.kind == "terms"
    en = ("one or several of " if several else "one of ") + "; ".join(field.terms)
    return en, ("次のいずれか（複数可）：" if several else "次のいずれか：") + "、".join(field.terms)
