"""Text of a cell → value, by the way its column is read (`reads` in the contract)."""

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
        "true or false (also yes, no, はい, いいえ)", "true又はfalse(yes、no、はい、いいえも可)"
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

__all__ = ["READERS", "Value", "ValueNotUnderstood"]
