"""What tables of offices state beside their rows: the unit of an amount, the day of the data; and rows taken one by one."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction

from etl.importers.layout import Line, not_understood, stated
from etl.importers.sheets import Row
from etl.importers.source import Observed, Reading, SetAside
from etl.sources.date_values import StatedDate, partial_date
from etl.sources.number_values import decimal, tonnes_a_year
from etl.sources.value_text import ValueNotUnderstood, in_half_width, without_note
from model.amounts import LARGEST_ANNUAL_TCO2

NOISE_TCO2 = Fraction(1, 1_000_000)
"""What binary fractions of a spreadsheet may leave beside a whole number of tonnes."""

_REFERENCE = re.compile(r"[A-Z]{2}[0-9]{3}")
_UNIT = re.compile(
    r"(?P<ja>百万|千|万|億)\s?(?:t|トン)|トン"
    r"|(?P<word>(?i:thousand|million|billion))s?(?: of)?(?: metric)? (?:tonnes|tons|credits|tCO[2₂]e?|t\b)"
    r"|(?:\bin |\()(?P<many>(?i:thousand|million|billion))s\b"
    r"|(?<![A-Za-z'’])(?P<si>[kMGm]?)t(?:onn?es?\b|ons?\b|(?=CO|[^A-Za-z]|$))"
)
_SCALES = {
    "": 1,
    "k": 10**3,
    "M": 10**6,
    "G": 10**9,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "千": 10**3,
    "万": 10**4,
    "百万": 10**6,
    "億": 10**8,
}
_SPREADSHEET_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")

_SAYS_WHEN = re.compile(
    r"\b(?:updated?|as (?:of|at|on)|status of|version of|cut-?off|last change)\b|更新|時点|現在",
    re.IGNORECASE,
)
_SAYS_NEXT = re.compile(r"\bnext\b|次回", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b", re.IGNORECASE)
_DAY_FIRST = re.compile(
    r"(?<![0-9./-])(?P<one>[0-9]{1,2})(?P<sign>[./-])(?P<two>[0-9]{1,2})(?P=sign)(?P<year>20[0-9]{2})(?![0-9])"
)
_DATE_SHAPE = re.compile(
    r"(?:[0-9]{4}|(?:令和|平成|[RH]) ?(?:元|[0-9]{1,2})) ?年 ?[0-9]{1,2} ?月(?: ?[0-9]{1,2} ?日)?"
    r"|(?<![0-9])(?:[0-9]{4}|[RH][0-9]{1,2})([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9])"
)


def reference_number(text: str) -> str:
    """Return the reference number of a listed project. Raises ValueNotUnderstood."""
    reference = in_half_width(text).upper()
    if not _REFERENCE.fullmatch(reference):
        raise ValueNotUnderstood(
            "a project with a reference number such as MN006", "参照番号（MN006等）のある案件"
        )
    return reference


def scales_in(text: str) -> set[int]:
    """Return the tonnes in one of each unit that a text names: kt 1,000, 万t 10,000. `mt` may be either of two."""
    scales: set[int] = set()
    for unit in _UNIT.finditer(in_half_width(text)):
        name = unit["ja"] or (unit["word"] or unit["many"] or "").lower() or unit["si"] or ""
        scales |= {1, 10**6} if name == "m" else {_SCALES[name]}
    return scales


def scaled_tonnes(text: str, scale: int) -> int:
    """Return the whole tonnes of an amount in a unit of `scale` tonnes. Nothing is rounded but the noise of a spreadsheet.

    Raises ValueNotUnderstood for a part of a tonne and for less than nothing.
    """
    plain = in_half_width(text)
    amount = Fraction(plain) if _SPREADSHEET_NUMBER.fullmatch(plain) else Fraction(repr(decimal(text)))
    tonnes = round(amount * scale)
    if abs(amount * scale - tonnes) > NOISE_TCO2 or amount < 0:
        raise ValueNotUnderstood("an amount of whole tonnes, zero or more", "0以上の整数のトン数となる量")
    return tonnes


def annual_tonnes(text: str, unit: str) -> int:
    """Return the whole tonnes a year of one project. `unit` is what the column says, tonnes where it names no unit.

    A unit of the cell itself (`1.2千t`) goes before that of its column. Raises ValueNotUnderstood, also for an amount that
    no project has in a year.
    """
    scales = scales_in(unit) or {1}
    if len(scales) > 1 and not scales_in(text):
        raise ValueNotUnderstood("an amount in one unit", "単位が一つに定まる量")
    scale = min(scales)
    value = tonnes_a_year(text) if scale == 1 or scales_in(text) else scaled_tonnes(text, scale)
    if not 1 <= value <= LARGEST_ANNUAL_TCO2:
        raise ValueNotUnderstood(
            f"an amount of 1 to {LARGEST_ANNUAL_TCO2:,} tonnes a year",
            f"年間1～{LARGEST_ANNUAL_TCO2:,}トンの量",
        )
    return value


def said_in(text: str) -> str:
    """Return the text of a cell as it is written, without the mark of a note behind it; empty where it states nothing."""
    text = text.strip()
    return stated(text[: len(without_note(in_half_width(text)))].strip())


def listed_names(text: str) -> str:
    """Return names that stand on lines of their own, or between semicolons or 、, as a list of ours."""
    names = (" ".join(said_in(part).split()) for part in re.split(r"[\n;；、]", text))
    return "; ".join(dict.fromkeys(name for name in names if name))


def day_of_data(places: Iterable[Sequence[Row]], read_on: date) -> date | None:
    """Return the day of the data as a document gives it: the latest one beside words such as “updated” or 時点.

    The first of `places` that gives one decides. A month counts by its last day; what lies after `read_on` is no such
    day. None where nothing is stated.
    """
    for rows in places:
        days = [min(when.latest, read_on) for when in _dates_beside(rows) if when.earliest <= read_on]
        if days:
            return max(days)
    return None


def _dates_beside(rows: Sequence[Row]) -> Iterable[StatedDate]:
    """Dates of cells that say of when something is, or of the next cell to their right."""
    for row in rows:
        said = [cell for cell in row.cells if cell]
        for at, cell in enumerate(said):
            now = _SAYS_NEXT.split(cell)[0]
            if _SAYS_WHEN.search(now):
                yield from dates_in(now) or (dates_in(said[at + 1]) if at + 1 < len(said) else [])


def dates_in(text: str) -> list[StatedDate]:
    """Return the days or months that stand in a sentence, in any style that a cell may have."""
    plain = _ORDINAL.sub("", in_half_width(" ".join(text.split())))
    plain = _DAY_FIRST.sub(_year_first, plain)
    words = re.findall(r"[^\s:;()「」]+", plain)
    pieces = [[shape.group() for shape in _DATE_SHAPE.finditer(plain)]]
    pieces += [
        [" ".join(words[at : at + size]).strip(".,") for at in range(len(words) - size + 1)]
        for size in (3, 2, 1)
    ]
    for alike in pieces:
        if found := [when for piece in alike if (when := _date(piece)) is not None]:
            return found
    return []


def _year_first(found: re.Match[str]) -> str:
    """A date that begins with its day, or its month where that alone is possible; 2/3/2026 has two readings and stays."""
    one, two = int(found["one"]), int(found["two"])
    if found["sign"] == "." or one > 12:
        return f"{found['year']}-{two}-{one}"
    return f"{found['year']}-{one}-{two}" if two > 12 else found.group()


def _date(text: str) -> StatedDate | None:
    try:
        when = partial_date(text)
    except ValueNotUnderstood:
        return None
    return None if when.precision == "year" else when


def row_set_aside(line: Line, wrong: ValueNotUnderstood) -> SetAside:
    """Return a whole row that was not understood."""
    held = " | ".join(cell for cell in line.cells.values() if cell)
    return not_understood(line, held, wrong.expected_en, wrong.expected_ja)


def take_projects(
    reading: Reading, lines: Sequence[Line], field: str, make: Callable[[Line], Observed]
) -> None:
    """Add what `make` reads off each line to a reading; what it refuses, and a reference that came before, is set aside.

    `field` holds the reference number.
    """
    first: dict[str | None, str] = {}
    for line in lines:
        try:
            observed = make(line)
        except ValueNotUnderstood as wrong:
            reading.set_aside.append(row_set_aside(line, wrong))
            continue
        if observed.key in first:
            again = first[observed.key]
            reading.set_aside.append(
                not_understood(
                    line,
                    line[field],
                    f"a project that stands in the table once (also: {again})",
                    f"一度だけ記載された案件（他の記載：{again}）",
                )
            )
            continue
        first[observed.key] = line.where
        reading.observed.append(observed)
