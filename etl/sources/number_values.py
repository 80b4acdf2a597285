"""Text → numbers, as people write them in English and Japanese tables; what could be read in two ways is refused."""

import re
from fractions import Fraction

from etl.sources.value_text import ValueNotUnderstood, in_half_width, without_note

LONGEST_NUMBER = 40
"""Characters; a longer text is no amount that anybody meant."""

LARGEST_WHOLE = 10**18
"""Anything near the limits of 64-bit integers is a slip."""

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_NUMBER = rf"{_DIGITS}(?:\.[0-9]+)?"
_PLAIN = re.compile(rf"(?P<sign>[+-]?) ?(?P<number>{_NUMBER})")
# 1億2,000万, 12.5万, 3万4,500: 億 is 10^8, 万 10^4, 千 10^3.
_JAPANESE = re.compile(
    rf"(?P<sign>[+-]?) ?(?:(?P<oku>{_NUMBER})億 ?)?(?:(?P<man>{_NUMBER})万 ?)?(?:(?P<sen>{_NUMBER})千)?(?P<rest>{_NUMBER})?"
)
_UNIT = re.compile(
    r" ?(?P<scale>[kM]?)(?:t(?:onnes?)?|トン)(?: ?-? ?CO[2₂](?: ?-?eq?|換算)?)?"
    r"(?P<yearly> ?(?:/ ?(?:年|y|yr|year|a)|per year|p\.a\.))?$"
)
_ANOTHER_UNIT = re.compile(r"(?<=[0-9万億千 ])(?P<unit>%|[A-Za-z][A-Za-z0-9/·-]*|[ァ-ヶー]+)$")
_ABOUT = re.compile(r"^(?:約|およそ) ?(?=[0-9])")
_THREE_AFTER_POINT = re.compile(r"[0-9]{1,3}\.[0-9]{3}")

_SCALES = {"": 1, "k": 1_000, "M": 1_000_000}
_TERMS = (("oku", 10**8), ("man", 10**4), ("sen", 10**3), ("rest", 1))

_TONNES = (
    "a whole number of tonnes, such as 12345, 12,345, 1億2,000万, 12.3 kt or 1.2 Mt",
    "整数のトン数（12345、12,345、1億2,000万、12.3 kt、1.2 Mt等）",
)
_INTEGER = ("a whole number, such as 12345 or 12,345", "整数（12345、12,345等）")
_DECIMAL = ("a number, such as 12.5 or 1,234.5", "数値（12.5、1,234.5等）")


def tonnes(text: str, *, is_yearly: bool = False) -> int:
    """Whole tonnes. `12.3 kt` is 12300; a text that is not a whole number of tonnes is refused, never rounded.

    Tonnes a year (`12 t-CO2/年`) are read only where the column is of yearly amounts.
    """
    number = _bare(text)
    unit = _UNIT.search(number)
    if unit and unit["yearly"] and not is_yearly:
        raise ValueNotUnderstood(f"{_TONNES[0]}, not tonnes a year", f"年間量ではない{_TONNES[1]}")
    scale = _SCALES[unit["scale"]] if unit else 1
    amount = without_note(number[: unit.start()]) if unit else number
    value = _amount(amount, allow_japanese=scale == 1)
    if value is None or (scale == 1 and _may_group_thousands(amount)):
        raise _no_tonnes(amount, has_unit=unit is not None)
    return _whole(value * scale, _TONNES)


def tonnes_a_year(text: str) -> int:
    """Whole tonnes a year, with or without `/年` behind the unit."""
    return tonnes(text, is_yearly=True)


def _bare(text: str) -> str:
    """The text in half width without the mark of a note and without 約 before a number."""
    return _ABOUT.sub("", without_note(in_half_width(text)))


def _no_tonnes(amount: str, *, has_unit: bool) -> ValueNotUnderstood:
    """Why an amount is none: another unit, several numbers, or anything else."""
    another = _ANOTHER_UNIT.search(amount)
    if (
        not has_unit
        and another
        and _amount(amount[: another.start()].strip(), allow_japanese=True) is not None
    ):
        unit = another["unit"]
        return ValueNotUnderstood(f"{_TONNES[0]}, not {unit}", f"{unit}ではない{_TONNES[1]}")
    ends = re.split(r" ?[~〜-] ?| +", amount)
    if len(ends) > 1 and all(_amount(_bare(end), allow_japanese=True) is not None for end in ends):
        return ValueNotUnderstood(
            f"{_TONNES[0]}: one number, not a range or several", f"範囲や複数の数ではない{_TONNES[1]}"
        )
    return ValueNotUnderstood(*_TONNES)


def integer(text: str) -> int:
    """A whole number; `3.0` is 3, while `1.000` may mean a thousand and is refused."""
    number = _bare(text)
    value = _amount(number, allow_japanese=True)
    if value is None or _may_group_thousands(number):
        raise ValueNotUnderstood(*_INTEGER)
    return _whole(value, _INTEGER)


def decimal(text: str) -> float:
    """A number with a point for its fraction; `0,5` is refused, for its comma may mean either."""
    value = _amount(_bare(text), allow_japanese=True)
    if value is None or abs(value) > LARGEST_WHOLE:
        raise ValueNotUnderstood(*_DECIMAL)
    return float(value)


def _may_group_thousands(number: str) -> bool:
    """Whether a point may stand for a comma, as in 12.000."""
    return _THREE_AFTER_POINT.fullmatch(number.lstrip("+-")) is not None


def _whole(value: Fraction, expected: tuple[str, str]) -> int:
    if value.denominator != 1 or abs(value) > LARGEST_WHOLE:
        raise ValueNotUnderstood(*expected)
    return int(value)


def _amount(text: str, *, allow_japanese: bool) -> Fraction | None:
    """Exact value of a number without unit; None when it is none."""
    if len(text) > LONGEST_NUMBER:
        return None
    if plain := _PLAIN.fullmatch(text):
        return _signed(plain["sign"], _exact(plain["number"]))
    if not allow_japanese or not (parts := _JAPANESE.fullmatch(text)):
        return None
    terms = [(_exact(parts[name]), size) for name, size in _TERMS if parts[name]]
    if not terms:
        return None
    bound: int | None = None
    for position, (value, size) in enumerate(terms):
        # 1億20,000万 and 1.5億3万 follow no rule of writing: two readings, so none.
        is_last = position == len(terms) - 1
        if (bound is not None and value * size >= bound) or (not is_last and value.denominator != 1):
            return None
        bound = size
    return _signed(parts["sign"], sum((value * size for value, size in terms), Fraction(0)))


def _exact(number: str) -> Fraction:
    return Fraction(number.replace(",", ""))


def _signed(sign: str, value: Fraction) -> Fraction:
    return -value if sign == "-" else value
