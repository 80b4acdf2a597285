"""Coordinates as people write them: 13.59589, −6.35, 21°30′N, 21°30'15.5"N, 北緯21度30分."""

import re

from etl.sources import number_values
from etl.sources.value_text import ValueNotUnderstood, in_half_width

FARTHEST = 180
_EXPECTED = (
    "degrees with a fraction, such as 13.596, or degrees and minutes with N, S, E or W, such as 13°35'45\"N",
    "小数の度（例：13.596）又は方位付きの度分秒（例：13°35'45\"N、北緯13度35分45秒）",
)
_ARCS = re.compile(
    r"(?P<before>北緯|南緯|東経|西経|[NSEW])?\s*(?P<degrees>\d{1,3})\s*(?:°|º|度)\s*"
    r"(?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*(?:'|’|′|分)\s*)?"
    r"(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:\"|”|″|''|秒)\s*)?(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_SIGNS = {"n": 1, "e": 1, "s": -1, "w": -1, "北緯": 1, "東経": 1, "南緯": -1, "西経": -1}


def coordinate(text: str) -> float:
    """Degrees with a fraction, −180 to 180: a latitude in the place of a longitude is recognised later.

    Raises ValueNotUnderstood for degrees and minutes without a direction, and for what is not an angle on the Earth.
    """
    degrees = _degrees(text)
    if not -FARTHEST <= degrees <= FARTHEST:
        raise ValueNotUnderstood(
            f"a latitude of -90 to 90 or a longitude of -{FARTHEST} to {FARTHEST} degrees",
            f"緯度は-90以上90以下、経度は-{FARTHEST}以上{FARTHEST}以下の度",
        )
    return degrees


def _degrees(text: str) -> float:
    plain = in_half_width(text).strip()
    match = _ARCS.fullmatch(plain)
    if match is None:
        try:
            return number_values.decimal(text)
        except ValueNotUnderstood as error:
            raise ValueNotUnderstood(*_EXPECTED) from error
    direction = (match["before"] or match["after"] or "").lower()
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    both = match["before"] and match["after"]
    if not direction or both or minutes >= 60 or seconds >= 60:
        raise ValueNotUnderstood(*_EXPECTED)
    return _SIGNS[direction] * (int(match["degrees"]) + minutes / 60 + seconds / 3600)
