"""Text of a cell → value, by the way its column is read (`reads` in the contract)."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from etl.sources import coordinate_values, date_values, number_values
from etl.sources.value_text import ValueNotUnderstood, in_half_width

Value = str | int | float | bool | date

_YES = {"true", "yes", "はい"}
_NO = {"false", "no", "いいえ"}


def boolean(text: str) -> bool:
    """true, false, yes, no, はい or いいえ, in capitals or not."""
    word = in_half_width(text).lower()
    if word in _YES or word in _NO:
        return word in _YES
    raise ValueNotUnderstood(
        "true or false (also yes, no, はい, いいえ)", "true又はfalse（yes、no、はい、いいえも可）"
    )


READERS: Mapping[str, Callable[[str], Value]] = {
    "text": str,
    "integer": number_values.integer,
    "tonnes": number_values.tonnes,
    "decimal": number_values.decimal,
    "coordinate": coordinate_values.coordinate,
    "boolean": boolean,
    "date": date_values.day,
    "year": date_values.fiscal_year,
    "partial_date": lambda text: date_values.partial_date(text).earliest,
    "precision": lambda text: date_values.partial_date(text).precision,
    "interval_from": lambda text: date_values.interval(text)[0],
    "interval_to": lambda text: date_values.interval(text)[1],
}
"""How a cell is read, by the word `reads` of its column. Cells are trimmed and never empty here: empty is null."""

_WHOLE = r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
_DECIMAL = _WHOLE + r"(?:\.[0-9]+)?"
_DATE = "[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_PLAIN: Mapping[str, str] = {
    "text": ".*",
    "integer": _WHOLE,
    "tonnes": _WHOLE,
    "decimal": _DECIMAL,
    "coordinate": _DECIMAL,
    "boolean": "(?i:true|false|yes|no)",
    "year": "[0-9]{4}",
}


def reader(column: str, reads: str) -> Callable[[str], Value]:
    """How the cells of a column are read. A yearly amount may carry a unit that says so."""
    return number_values.tonnes_a_year if reads == "tonnes" and "annual" in column else READERS[reads]


def is_plain(text: str, reads: str) -> bool:
    """Whether a text is written plainly; any other reading of it is reported."""
    return re.fullmatch(_PLAIN.get(reads, f"{_DATE}(?:/{_DATE})?"), text, re.DOTALL) is not None


def shown(text: str, reads: str, value: Value) -> str:
    """What was read, in the plain form: a month stays a month, an interval has two ends."""
    if reads == "partial_date":
        return str(date_values.partial_date(text))
    if reads == "interval_from":
        return "/".join(day.isoformat() for day in date_values.interval(text))
    return f"{value:,}" if isinstance(value, int | float) and reads not in {"year", "boolean"} else str(value)


__all__ = ["READERS", "Value", "ValueNotUnderstood", "is_plain", "reader", "shown"]
