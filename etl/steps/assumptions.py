"""Assumed values: those written down with their reason, and the delays measured on the facts.

Every value that is not stated by a source carries the code of an assumption into the rows made with it.
"""

import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import floor

import polars as pl

from etl.steps.fact_rows import Project
from model.fiscal_year import first_day

SMALLEST_GROUP = 3
SELECTION_DELAY = "DELAY-SELECTION-ALL"
REGISTRATION_DELAY = "DELAY-REGISTRATION"
MEASURED_SHARE = "SHARE-MEASURED"

ASSUMPTION_COLUMNS = {
    "assumption_code": pl.String,
    "kind": pl.String,
    "subject": pl.String,
    "value": pl.Float64,
    "unit": pl.String,
    "basis": pl.String,
    "sample_size": pl.Int64,
    "reason_en": pl.String,
    "reason_ja": pl.String,
    "source_id": pl.String,
}


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


@dataclass(frozen=True)
class AssumptionBook:
    """Values by assumption code."""

    values: Mapping[str, float | None]

    def lifetime_years(self, technology: str) -> tuple[float, str]:
        """Return the lifetime of a technology and its code; raises MissingAssumption."""
        code = f"LIFE-{slug(technology)}"
        value = self.values.get(code)
        if value is None:
            raise MissingAssumption(code, technology)
        return value, code

    def selection_delay(self, programme: str | None) -> tuple[timedelta, str]:
        """Return the delay from selection to operation: of the programme where measured, else of all projects."""
        own = f"DELAY-SELECTION-{slug(programme)}" if programme else SELECTION_DELAY
        code = own if self.values.get(own) is not None else SELECTION_DELAY
        return timedelta(days=self.values[code] or 0), code

    def registration_delay(self) -> tuple[timedelta, str]:
        """Return the delay from registration to operation, most often negative, and its code."""
        return timedelta(days=self.values[REGISTRATION_DELAY] or 0), REGISTRATION_DELAY

    def country_share(self, iso3: str) -> tuple[Fraction, str] | None:
        """Return the stated usual share of the Japanese side in a country and its code; None where none is."""
        code = f"SHARE-{iso3}"
        value = self.values.get(code)
        return None if value is None else (Fraction(str(value)), code)


def assumption_book(assumption: pl.DataFrame) -> AssumptionBook:
    """Index a frame of `assumption` by code."""
    return AssumptionBook(dict(assumption.select("assumption_code", "value").iter_rows()))


def measured_assumptions(projects: Iterable[Project]) -> pl.DataFrame:
    """Measure the delays on projects in scope that state both dates; rows of `assumption`, values in whole days.

    From selection: start − 1 April of the fiscal year of selection; a programme has its own row from three
    projects on. From registration: start − day of registration. The value is the median, a half day rounded
    up. A month is taken as its first day, as everywhere.
    """
    from_selection: dict[str | None, list[int]] = {}
    from_registration: list[int] = []
    for project in projects:
        if project.operation_start is None or not project.in_target_scope:
            continue
        start = project.operation_start.earliest
        if project.fy_selected is not None:
            days = (start - first_day(project.fy_selected)).days
            from_selection.setdefault(project.programme, []).append(days)
        if project.registered_on is not None:
            from_registration.append((start - project.registered_on).days)
    rows = [
        _delay_row(
            SELECTION_DELAY,
            "selection delay",
            None,
            [days for some in from_selection.values() for days in some],
            reason_en=(
                "Median days from 1 April of the fiscal year of selection to the stated start of operation, over all"
                " projects that state both. Used where the programme is not known or has fewer than three such"
                " projects"
            ),
            reason_ja="採択年度の4月1日から公表された運転開始日までの日数の中央値(両方が判明している全案件)。"
            "事業が不明又は該当案件が3件未満の場合に使用",
        )
    ]
    rows += [
        _delay_row(
            f"DELAY-SELECTION-{slug(programme)}",
            "selection delay",
            programme,
            some,
            reason_en=(
                "Median days from 1 April of the fiscal year of selection to the stated start of operation, over the"
                " projects of this programme that state both"
            ),
            reason_ja="採択年度の4月1日から公表された運転開始日までの日数の中央値(この事業で両方が判明している案件)",
        )
        for programme, some in sorted(from_selection.items(), key=lambda item: item[0] or "")
        if programme is not None and len(some) >= SMALLEST_GROUP
    ]
    rows.append(
        _delay_row(
            REGISTRATION_DELAY,
            "registration delay",
            None,
            from_registration,
            reason_en=(
                "Median days from registration to the stated start of operation, over all projects that state both;"
                " negative because most plants run before they are registered"
            ),
            reason_ja="登録日から公表された運転開始日までの日数の中央値(両方が判明している全案件)。"
            "多くの設備は登録前に稼働しているため負の値となる",
        )
    )
    return pl.DataFrame(rows, schema=ASSUMPTION_COLUMNS)


def _delay_row(
    code: str, kind: str, subject: str | None, days: list[int], *, reason_en: str, reason_ja: str
) -> dict[str, object]:
    return {
        "assumption_code": code,
        "kind": kind,
        "subject": subject,
        # Without any such project there is nothing to measure and no delay is assumed; sample_size says so.
        "value": float(floor(statistics.median(days) + 0.5)) if days else 0.0,
        "unit": "days",
        "basis": "measured",
        "sample_size": len(days),
        "reason_en": f"{reason_en}.",
        "reason_ja": f"{reason_ja}。",
    }
