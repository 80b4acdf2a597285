"""Identities of accounting, tested on every build; one that fails stops it.

They compare the derived rows with the facts and with each other, on the day of the data and, where a sum could go
wrong only in between, on every day on which something became known.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.contracts import table
from etl.steps.dating import in_force
from etl.steps.fact_rows import Frames
from model.ladder import ACTUAL_RUNGS, DORMANT, EXPECTED_RUNGS, RUNG_BY_CODE


@dataclass(frozen=True)
class Outcome:
    """Whether an identity holds, and the numbers that show it."""

    is_passed: bool
    detail: str


@dataclass(frozen=True)
class Check:
    """An identity: its code, what it says in both languages, and how it is tested on all tables of the build."""

    code: str
    title_en: str
    title_ja: str
    test: Callable[[Frames], Outcome]


CHECKS: list[Check] = []


def _identity(
    code: str, title_en: str, title_ja: str
) -> Callable[[Callable[[Frames], Outcome]], Callable[[Frames], Outcome]]:
    """Declare the identity that a function tests."""

    def declare(test: Callable[[Frames], Outcome]) -> Callable[[Frames], Outcome]:
        CHECKS.append(Check(code, title_en, title_ja, test))
        return test

    return declare


def check_identities(frames: Frames) -> pl.DataFrame:
    """Test every identity on the fact and derived tables; return `check_result`, one row per identity."""
    rows = []
    for check in CHECKS:
        outcome = check.test(frames)
        rows.append((check.code, check.title_en, check.title_ja, outcome.is_passed, outcome.detail))
    return table("check_result").frame(rows)


def data_as_of(frames: Frames) -> date:
    """Return the day of the data: the latest day on which a source was read."""
    latest = frames["source"].get_column("retrieved_on").max()
    if not isinstance(latest, date):
        message = "no source has a day on which it was read"
        raise TypeError(message)
    return latest


@_identity(
    "EVERY-SUBJECT-PLACED",
    "Every tonne belongs to a project or an event of a country; sums by country equal the total",
    "全ての量が国の案件又は発行に属し、国別の合計が総計に一致する",
)
def _every_subject_is_placed(frames: Frames) -> Outcome:
    projects, events = frames["project"], frames["issuance"]
    lost = frames["expected"].join(projects, on="project_id", how="anti")
    unplaced = (
        projects.filter(pl.col("iso3").is_null()).height + events.filter(pl.col("iso3").is_null()).height
    )
    now = in_force(frames["expected"], data_as_of(frames))
    counted = now.filter(pl.col("rung") != DORMANT)
    by_country = counted.join(projects.select("project_id", "iso3"), on="project_id", how="inner")
    sums = by_country.group_by("iso3").agg(pl.col("tco2").sum())
    return Outcome(
        lost.is_empty() and unplaced == 0 and _total(sums) == _total(counted),
        f"expected {_total(counted):,} t, by country {_total(sums):,} t, dormant {_total(now) - _total(counted):,} t"
        f" beside it; {lost.height} rows of no project, {unplaced} subjects of no country",
    )


@_identity(
    "SIDES-ADD-UP",
    "The stated sides add up to the amount, and the Japanese part lies within its limits",
    "公表された両国の量の合計が発行量に一致し、日本側の量が上下限の間にある",
)
def _sides_add_up(frames: Frames) -> Outcome:
    events = frames["issuance"].filter(pl.col("total_tco2").is_not_null())
    unequal = events.filter(pl.col("japan_tco2") + pl.col("partner_tco2") != pl.col("total_tco2"))
    derived = frames["issuance_event"].join(
        frames["issuance"], on="issuance_id", how="inner", suffix="_stated"
    )
    outside = derived.filter(
        (pl.col("japan_low_tco2") > pl.col("japan_high_tco2"))
        | (pl.col("japan_high_tco2") > pl.col("tco2_high"))
        | (pl.col("japan_tco2") != pl.col("japan_low_tco2"))
        | (pl.col("japan_government_tco2") > pl.col("japan_low_tco2"))
    )
    return Outcome(
        unequal.is_empty() and outside.is_empty(),
        f"Japanese side {_total(derived, 'japan_low_tco2'):,} to {_total(derived, 'japan_high_tco2'):,} t of"
        f" {_total(derived, 'tco2_low'):,} to {_total(derived, 'tco2_high'):,} t; {unequal.height} events whose stated"
        f" sides do not add up, {outside.height} whose limits do not",
    )


@_identity(
    "EVENTS-CONSERVED",
    "Every issuance event keeps both limits of its amount over the years",
    "各発行の量の上下限が年への配分後も保存される",
)
def _events_are_conserved(frames: Frames) -> Outcome:
    now = in_force(frames["verified"], data_as_of(frames))
    by_event = now.group_by("issuance_id").agg(
        pl.col("notified_low_tco2").sum().alias("low"), pl.col("notified_high_tco2").sum().alias("high")
    )
    amounts = frames["issuance_event"].filter(pl.col("tco2_low").is_not_null())
    # A transfer may show that an amount is more than was known at least: the low end rises, never above the high one.
    basis = pl.col("amount_basis")
    low_differs = pl.col("low").ne_missing(pl.col("tco2_low"))
    high_differs = pl.col("high").ne_missing(pl.col("tco2_high"))
    is_less = (pl.col("low").fill_null(-1) < pl.col("tco2_low")).fill_null(value=False)
    changed = by_event.join(frames["issuance_event"], on="issuance_id", how="full", coalesce=True).filter(
        ((basis == "exact") & low_differs)
        | (basis.is_in(["exact", "range"]) & high_differs)
        | is_less
        | basis.is_null()
    )
    decided = frames["issuance_rung"].filter(pl.col("rung") == "notified")
    lost = frames["issuance"].join(decided, on="issuance_id", how="anti")
    return Outcome(
        changed.is_empty() and lost.is_empty(),
        f"{amounts.height} events with an amount, {_total(by_event, 'low'):,} to {_total(by_event, 'high'):,} t over"
        f" their years; {frames['issuance'].height - amounts.height} events without an amount, {lost.height} lost,"
        f" {changed.height} changed",
    )


@_identity(
    "LADDER-DESCENDS",
    "On no day is more on a later rung than on the one it is a part of",
    "いずれの日にも、各段階の量はそれを含む前の段階の量を超えない",
)
def _ladder_descends(frames: Frames) -> Outcome:
    verified = frames["verified"]
    risen = 0
    for rung in ACTUAL_RUNGS:
        upper = RUNG_BY_CODE[rung].part_of
        if upper is None:
            continue
        for end in ("low", "high"):
            more = pl.col(f"{rung}_{end}_tco2").fill_null(0) > pl.col(f"{upper}_{end}_tco2").fill_null(0)
            risen += verified.filter(more).height
    now = in_force(verified, data_as_of(frames))
    return Outcome(
        risen == 0,
        "; ".join(
            f"{rung} {_total(now, f'{rung}_low_tco2'):,} to {_total(now, f'{rung}_high_tco2'):,} t"
            for rung in ACTUAL_RUNGS
        )
        + f"; {risen} rows with more on a later rung",
    )


@_identity(
    "NOTHING-COUNTED-TWICE",
    "What is left of an expectation beside verified tonnes is at most what was stated",
    "検証済みの量に置き換えた後の見込量は、公表された見込量を超えない",
)
def _nothing_counted_twice(frames: Frames) -> Outcome:
    expected = frames["expected"].filter(pl.col("rung") != DORMANT)
    above = expected.filter(pl.col("net_tco2") > pl.col("tco2"))
    now = in_force(expected, data_as_of(frames))
    decided = _total(in_force(frames["verified"], data_as_of(frames)), "notified_low_tco2")
    replaced = _total(now) - _total(now, "net_tco2")
    return Outcome(
        above.is_empty(),
        f"stated expectation {_total(now):,} t, of which {replaced:,} t are replaced by {decided:,} t decided;"
        f" {above.height} rows with more left than stated",
    )


@_identity(
    "STAGES-MATCH-STATUS",
    "On the day of the data every project stands on the stage of its status with the estimate taken",
    "データ基準日における全案件の段階及び見込量が案件の記録に一致する",
)
def _stages_match_status(frames: Frames) -> Outcome:
    stages = in_force(frames["project_state"], data_as_of(frames)).select(
        "project_id",
        pl.col("stage").replace({DORMANT: "pipeline"}),
        pl.col("annual_tco2"),
    )
    statuses = frames["project"].select("project_id", "status", "est_annual_tco2")
    joined = statuses.join(stages, on="project_id", how="full")
    differing = joined.filter(pl.col("status").ne_missing(pl.col("stage")))
    estimates = joined.filter(pl.col("est_annual_tco2").ne_missing(pl.col("annual_tco2")))
    counts = dict(statuses.group_by("status").len().sort("status").iter_rows())
    return Outcome(
        differing.is_empty() and estimates.is_empty() and stages.height == statuses.height,
        ", ".join(f"{status} {count}" for status, count in counts.items())
        + f" = {statuses.height} projects; {differing.height} on another stage than their status, {estimates.height} with"
        f" another estimate in force than the one taken{_named(estimates, 'project_id')}",
    )


@_identity("YEARS-AGREE", "Fiscal and calendar years of every row meet", "全ての行の年度と暦年が整合する")
def _years_agree(frames: Frames) -> Outcome:
    wrong = 0
    for name in ("expected", "verified"):
        fiscal, calendar = pl.col("fiscal_year"), pl.col("calendar_year")
        wrong += (
            frames[name]
            .filter(
                (fiscal.is_null() != calendar.is_null())
                | ~(calendar - fiscal).is_in([0, 1]).fill_null(value=True)
            )
            .height
        )
    now = in_force(frames["verified"], data_as_of(frames))
    undated = now.filter(pl.col("fiscal_year").is_null())
    return Outcome(
        wrong == 0,
        f"{_total(now, 'notified_low_tco2'):,} t decided, {_total(undated, 'notified_low_tco2'):,} t of it without a"
        f" year; {wrong} rows in years that do not meet",
    )


@_identity(
    "ONE-ROW-IN-FORCE",
    "On any day one row at most is in force for a subject and year",
    "いずれの日にも、対象及び年ごとに有効な行は一つ以下である",
)
def _one_row_in_force(frames: Frames) -> Outcome:
    overlaps = {
        "project_state": _overlaps(frames["project_state"], ["project_id"]),
        # A project is on one rung at a time.
        "expected": _overlaps(frames["expected"], ["project_id", "fiscal_year", "calendar_year"]),
        "verified": _overlaps(frames["verified"], ["issuance_id", "fiscal_year", "calendar_year"]),
        "issuance_rung": _overlaps(frames["issuance_rung"], ["issuance_id", "rung"]),
        "assumption": _overlaps(frames["assumption"].drop_nulls("known_on"), ["assumption_code"]),
    }
    return Outcome(
        not any(overlaps.values()),
        ", ".join(f"{name}: {count} overlaps" for name, count in overlaps.items())
        + f"; {frames['expected'].height:,} rows of expected tonnes",
    )


@_identity(
    "CODES-EXPLAINED",
    "Every assumption code in use is explained",
    "使用している仮定コードにはすべて説明がある",
)
def _codes_are_explained(frames: Frames) -> Outcome:
    used = {
        code
        for table in ("expected", "verified", "project_state", "issuance_event", "ledger_entry")
        for cell in frames[table]["assumption_codes"].drop_nulls().unique()
        for code in cell.split(";")
        if code
    }
    missing = sorted(used - set(frames["assumption"]["assumption_code"]))
    return Outcome(not missing, f"{len(used)} codes in use; not explained: {', '.join(missing) or 'none'}")


@_identity(
    "HEADLINE-AGREES",
    "The table of what the headline rests on sums to the rows of expected tonnes",
    "見込量の根拠の表の合計が見込量の行の合計に一致する",
)
def _headline_agrees(frames: Frames) -> Outcome:
    now = in_force(frames["expected"], data_as_of(frames)).filter(pl.col("rung").is_in(EXPECTED_RUNGS))
    basis = frames["headline_basis"].filter(pl.col("item") == "all")
    unequal, compared = 0, []
    for year, tco2 in basis.select("target_fiscal_year", "tco2").iter_rows():
        ours = _total(now.filter(pl.col("fiscal_year") <= year))
        unequal += ours != tco2
        compared.append(f"to FY{year}: {ours:,} t of rows, {tco2:,} t of the table of what it rests on")
    return Outcome(unequal == 0, "; ".join(compared) or "no target in force")


def _total(rows: pl.DataFrame, column: str = "tco2") -> int:
    return int(rows[column].sum())


def _named(rows: pl.DataFrame, column: str) -> str:
    """The first few keys of rows that fail, for the message."""
    found = rows.get_column(column).drop_nulls().to_list()[:5]
    return f" ({', '.join(found)})" if found else ""


def _overlaps(rows: pl.DataFrame, keys: Sequence[str]) -> int:
    # The hash of the keys sorts much quicker than the keys themselves.
    sorted_rows = rows.select(pl.struct(keys).hash().alias("key"), "known_on", "known_until").sort(
        "key", "known_on"
    )
    following = pl.when(pl.col("key") == pl.col("key").shift(-1)).then(pl.col("known_on").shift(-1))
    until = pl.col("known_until")
    is_overlapping = following.is_not_null() & (until.is_null() | (until > following))
    return sorted_rows.filter(is_overlapping | (until <= pl.col("known_on"))).height
