"""Assumed values: those written down with their reason, and the delays measured on the facts.

Every value that is not stated by a source carries the code of an assumption into the rows made with it. A measured
value is that measurable on the day looked at: a later fact never changes an earlier view.
"""

import re
import statistics
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import Any, NamedTuple

import polars as pl

from etl.contracts import table
from etl.steps.fact_rows import Project
from model.fiscal_year import first_day
from model.knowledge import known_states
from model.ledger.ndc_period import NdcPeriod
from model.ledger.rules import FIRST_VINTAGE

SMALLEST_GROUP = 3
SELECTION_DELAY = "DELAY-SELECTION-ALL"
REGISTRATION_DELAY = "DELAY-REGISTRATION"
MEASURED_SHARE = "SHARE-MEASURED"


class MissingAssumption(ValueError):
    """A value is needed that no file of data/assumptions gives. Carries the message in both languages."""

    def __init__(self, code: str, subject: str) -> None:
        self.code = code
        self.message_en = f"No assumption {code} for “{subject}”: add it to data/assumptions with its reason."
        self.message_ja = f"「{subject}」に対する仮定 {code} がありません。理由とともに data/assumptions に追加してください。"
        super().__init__(f"{self.message_en} / {self.message_ja}")


def slug(subject: str) -> str:
    """Return the form of a subject inside a code: “chiller/air conditioning” gives CHILLER-AIR-CONDITIONING."""
    return re.sub(r"[^A-Z0-9]+", "-", subject.upper()).strip("-")


class Delay(NamedTuple):
    """The time from selection and from registration to the stated start of a project, days; None where not stated."""

    known_on: date
    programme: str | None
    from_selection: int | None
    from_registration: int | None


def ndc_period(stated: pl.DataFrame) -> NdcPeriod | None:
    """The NDC period of Japan from the rows NDC-PERIOD and NDC-USE-BY; None where they are not given."""
    value = dict(stated.select("assumption_code", "value").iter_rows())
    last, use_by = value.get("NDC-PERIOD"), value.get("NDC-USE-BY")
    return None if last is None or use_by is None else NdcPeriod(FIRST_VINTAGE, int(last), int(use_by))


class Value(NamedTuple):
    """A measured value and the number of observations behind it."""

    days: float
    sample_size: int


@dataclass(frozen=True)
class Shares:
    """The usual share of the Japanese side in a country and the day from which its source states it."""

    share: Fraction
    known_on: date


@dataclass(frozen=True)
class AssumptionBook:
    """Assumed values by code, the measured ones as measurable on a day."""

    stated: Mapping[str, float | None]
    shares: Mapping[str, Shares]
    delays: Sequence[Delay]
    _delay_days: dict[str | None, list[date]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def change_days(self) -> list[date]:
        """The days on which something became measurable, in order."""
        return sorted({delay.known_on for delay in self.delays})

    @cached_property
    def _measured(self) -> list[dict[str, Value]]:
        """Measured values from each change day on; the first entry holds before any."""
        return [_measure([])] + [
            _measure([delay for delay in self.delays if delay.known_on <= day]) for day in self.change_days
        ]

    def measured_on(self, as_of: date) -> Mapping[str, Value]:
        """Return the measured values by code as measurable on a day."""
        return self._measured[bisect_right(self.change_days, as_of)]

    def delay_days(self, programme: str | None) -> list[date]:
        """Return the days on which a delay that a project of a programme is assumed to have changed."""
        if programme not in self._delay_days:
            days = [date.min, *self.change_days]
            delays = [
                (day, (self.selection_delay(programme, day), self.registration_delay(day))) for day in days
            ]
            self._delay_days[programme] = [known.known_on for known in known_states(delays)[1:]]
        return self._delay_days[programme]

    def lifetime_years(self, technology: str, serves: str | None = None) -> tuple[float, str]:
        """Return the lifetime of a technology and its code; raises MissingAssumption.

        A plant that serves a factory follows the factory's industry where such a lifetime is given.
        """
        of_technology = f"LIFE-{slug(technology)}"
        own = f"{of_technology}-{slug(serves)}" if serves else of_technology
        code = own if self.stated.get(own) is not None else of_technology
        value = self.stated.get(code)
        if value is None:
            raise MissingAssumption(code, technology)
        return value, code

    def selection_delay(self, programme: str | None, as_of: date) -> tuple[timedelta, str]:
        """Return the delay from selection to operation: of the programme where measured, else of all projects."""
        measured = self.measured_on(as_of)
        own = f"DELAY-SELECTION-{slug(programme)}" if programme else SELECTION_DELAY
        code = own if own in measured or self.stated.get(own) is not None else SELECTION_DELAY
        return self._delay(code, as_of), code

    def registration_delay(self, as_of: date) -> tuple[timedelta, str]:
        """Return the delay from registration to operation, most often negative, and its code."""
        return self._delay(REGISTRATION_DELAY, as_of), REGISTRATION_DELAY

    def _delay(self, code: str, as_of: date) -> timedelta:
        """A value written down stands instead of a measured one."""
        written = self.stated.get(code)
        return timedelta(days=self.measured_on(as_of)[code].days if written is None else written)

    def country_share(self, iso3: str, as_of: date) -> tuple[Fraction, str] | None:
        """Return the stated usual share of the Japanese side in a country and its code; None where none is known."""
        found = self.shares.get(iso3)
        return None if found is None or as_of < found.known_on else (found.share, f"SHARE-{iso3}")

    def share_days(self, iso3: str) -> list[date]:
        """Return the days on which the usual share of a country became known: one, or none."""
        found = self.shares.get(iso3)
        return [] if found is None or found.known_on == date.max else [found.known_on]

    def with_lives(self, factor: float) -> "AssumptionBook":
        """Return the same book with every lifetime multiplied, for a view of how much a result rests on them."""
        stated = {
            code: value * factor if value is not None and code.startswith("LIFE-") else value
            for code, value in self.stated.items()
        }
        return AssumptionBook(stated, self.shares, self.delays)


def assumption_book(
    assumption: pl.DataFrame, delays: Sequence[Delay], known_on: Mapping[str, date]
) -> AssumptionBook:
    """Index the rows of data/assumptions by code; `known_on` gives the day from which each source is known."""
    stated = dict(assumption.select("assumption_code", "value").iter_rows())
    shares = {
        subject: Shares(Fraction(str(value)), known_on.get(source, date.max))
        for subject, value, source in assumption.filter(
            (pl.col("unit") == "share") & pl.col("value").is_not_null() & pl.col("subject").is_not_null()
        )
        .select("subject", "value", "source_id")
        .iter_rows()
    }
    return AssumptionBook(stated, shares, delays)


def delays_of(projects: Iterable[tuple[Project, date | None, date | None]]) -> list[Delay]:
    """Return what can be measured on projects in scope that state a start; a month is taken as its first day.

    A withdrawn project counts too: it was in scope when its start was stated, and an earlier view has measured it. Each project comes with the days from which its start and its selection are known.
    """
    delays = []
    for project, start_known_on, selection_known_on in projects:
        is_counted = project.in_target_scope or project.status == "withdrawn"
        start = project.operation_start_on
        if start is None or start_known_on is None or not is_counted:
            continue
        if project.fy_selected is not None and selection_known_on is not None:
            days = (start - first_day(project.fy_selected)).days
            delays.append(Delay(max(start_known_on, selection_known_on), project.programme, days, None))
        if project.registered_on is not None:
            days = (start - project.registered_on).days
            delays.append(Delay(max(start_known_on, project.registered_on), project.programme, None, days))
    return delays


def _measure(delays: Sequence[Delay]) -> dict[str, Value]:
    """Medians by code; a half day is rounded up. A programme has its own from SMALLEST_GROUP projects on."""
    from_selection: dict[str | None, list[int]] = {}
    for delay in delays:
        if delay.from_selection is not None:
            from_selection.setdefault(delay.programme, []).append(delay.from_selection)
    values = {
        SELECTION_DELAY: _median([days for some in from_selection.values() for days in some]),
        REGISTRATION_DELAY: _median([d.from_registration for d in delays if d.from_registration is not None]),
    }
    for programme, some in from_selection.items():
        if programme is not None and len(some) >= SMALLEST_GROUP:
            values[f"DELAY-SELECTION-{slug(programme)}"] = _median(some)
    return values


def _median(days: Sequence[int]) -> Value:
    # Without any such project there is nothing to measure and no delay is assumed; the sample size says so.
    return Value(float(floor(statistics.median(days) + 0.5)) if days else 0.0, len(days))


def assumptions_over_time(assumption: pl.DataFrame, book: AssumptionBook) -> pl.DataFrame:
    """Return `assumption`: the rows given, which hold for every day, and the measured ones over known time."""
    shared = {iso3: share.known_on for iso3, share in book.shares.items()}
    stated = assumption.with_columns(
        pl.when(pl.col("unit") == "share")
        .then(pl.col("subject").replace_strict(shared, default=None, return_dtype=pl.Date))
        .alias("known_on"),
        pl.lit(None, pl.Date).alias("known_until"),
    )
    programmes = {f"DELAY-SELECTION-{slug(d.programme)}": d.programme for d in book.delays if d.programme}
    days = [date.min, *book.change_days]
    rows: list[dict[str, Any]] = []
    for code in (SELECTION_DELAY, REGISTRATION_DELAY, *sorted(programmes)):
        values = [(day, book.measured_on(day).get(code)) for day in days]
        if book.stated.get(code) is None:
            rows += [
                _measured_row(code, programmes.get(code), known.value)
                | {
                    # Before anything was measurable there was nothing, from the beginning on.
                    "known_on": None if known.known_on == date.min else known.known_on,
                    "known_until": known.known_until,
                }
                for known in known_states(values)
                if known.value is not None
            ]
    return pl.concat([stated, table("assumption").frame(rows)]).sort(
        "assumption_code", "known_on", nulls_last=False
    )


class Reason(NamedTuple):
    """What a measured value is and why it is used, in both languages."""

    kind: str
    en: str
    ja: str


_OVER_ALL = Reason(
    kind="selection delay",
    en="Median days from 1 April of the fiscal year of selection to the stated start of operation, over all projects"
    " known to state both. Used where the programme is not known or has fewer than three such projects.",
    ja="採択年度の4月1日から公表された稼働開始日までの日数の中央値（その時点で両方が判明している全案件）。"
    "支援事業が不明又は該当案件が3件未満の場合に用いる。",
)
_OF_PROGRAMME = Reason(
    kind="selection delay",
    en="Median days from 1 April of the fiscal year of selection to the stated start of operation, over the projects of"
    " this programme known to state both.",
    ja="採択年度の4月1日から公表された稼働開始日までの日数の中央値（その時点で両方が判明しているこの支援事業の案件）。",
)
_FROM_REGISTRATION = Reason(
    kind="registration delay",
    en="Median days from registration to the stated start of operation, over all projects known to state both;"
    " negative because most plants run before they are registered.",
    ja="登録日から公表された稼働開始日までの日数の中央値（その時点で両方が判明している全案件）。"
    "多くの設備は登録前に稼働しているため負の値となる。",
)
_REASONS = {SELECTION_DELAY: _OVER_ALL, REGISTRATION_DELAY: _FROM_REGISTRATION}


def _measured_row(code: str, programme: str | None, value: Value) -> dict[str, Any]:
    reason = _REASONS.get(code, _OF_PROGRAMME)
    return {
        "assumption_code": code,
        "kind": reason.kind,
        "subject": programme,
        "value": value.days,
        "unit": "days",
        "basis": "measured",
        "sample_size": value.sample_size,
        "reason_en": reason.en,
        "reason_ja": reason.ja,
        "source_id": None,
    }
