"""Every limit of the workbench: what it bounds, its range, the variable that sets it, help in both languages.

The facts are in `limits.csv`; `limits.md` documents them.
"""

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PREFIX: Final = "JCM_SQL_"
MEGABYTE: Final = 1_000_000


@dataclass(frozen=True)
class Limit:
    """One limit: its range (both ends allowed), unit, and what it means to a reader.

    `heading` is the heading under which it is documented.
    """

    name: str
    default: int
    least: int
    most: int
    unit_en: str
    unit_ja: str
    heading: str
    heading_ja: str
    en: str
    ja: str

    @property
    def variable(self) -> str:
        """Environment variable that sets it."""
        return PREFIX + self.name.upper()

    def allows(self, value: object) -> bool:
        """Whether the value is a whole number within the range."""
        return str(value).isdecimal() and self.least <= int(str(value)) <= self.most


@dataclass(frozen=True)
class Limits:
    """Values of all limits, in the units of `LIMITS`."""

    statement_characters: int
    nesting: int
    seconds: int
    seconds_when_others_wait: int
    memory_megabytes: int
    process_megabytes: int
    rows_shown: int
    rows_downloaded: int
    cell_kilobytes: int
    result_megabytes: int
    shown_megabytes: int
    kept_megabytes: int
    simultaneous: int
    queue: int
    queue_of_one_visitor: int
    queue_seconds: int


def _read() -> tuple[Limit, ...]:
    with Path(__file__).with_name("limits.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    return tuple(
        Limit(name, int(default), int(least), int(most), *words)
        for name, default, least, most, *words in rows
    )


LIMITS: Final = _read()


class LimitError(ValueError):
    """An environment variable that holds no whole number, or one outside the range of its limit."""


def limits(**given: int) -> Limits:
    """Limits from the environment; `given` goes before it.

    Raises LimitError, naming each variable at fault, its value and its range.
    """
    values = {x.name: given.get(x.name, os.environ.get(x.variable) or x.default) for x in LIMITS}
    faults = [
        f"{x.variable}={values[x.name]!r}: give a whole number of {x.unit_en} from {x.least} to {x.most} "
        f"({x.heading.lower()}; default {x.default})"
        for x in LIMITS
        if not x.allows(values[x.name])
    ]
    if faults:
        raise LimitError("\n".join(faults))
    return Limits(**{name: int(value) for name, value in values.items()})
