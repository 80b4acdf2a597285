"""Identities of accounting that hold on every build; one that fails stops it.

They compare the derived rows with the facts and with each other, on the day of the data and, where a sum could go
wrong only in between, on every day on which something became known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.steps.fact_rows import Frames
from etl.steps.issued import DATINGS
from model.ladder import ACTUAL_RUNGS, EXPECTED_RUNGS

CHECK_RESULT_COLUMNS = {
    "check_code": pl.String,
    "title_en": pl.String,
    "title_ja": pl.String,
    "is_passed": pl.Boolean,
    "detail": pl.String,
}

GROUPED_BY = ("iso3", "sector_number", "technology", "programme", "funding")


@dataclass(frozen=True)
class Finding:
    """Whether an identity holds, and the numbers that show it."""

    is_passed: bool
    detail: str


@dataclass(frozen=True)
class Check:
    """An identity: its code, what it says in both languages, and how it is tested on all tables of the build."""

    code: str
    title_en: str
    title_ja: str
    test: Callable[[Frames], Finding]


def check_identities(frames: Frames) -> pl.DataFrame:
    """Test every identity on the fact and derived tables; return `check_result`, one row per identity."""
    rows = []
    for check in CHECKS:
        finding = check.test(frames)
        rows.append((check.code, check.title_en, check.title_ja, finding.is_passed, finding.detail))
    return pl.DataFrame(rows, schema=CHECK_RESULT_COLUMNS, orient="row")


def data_as_of(frames: Frames) -> date:
    """Return the day of the data: the latest day on which a source was read."""
    latest = frames["source"].get_column("retrieved_on").max()
    if not isinstance(latest, date):
        message = "no source has a day on which it was read"
        raise TypeError(message)
    return latest


def in_force(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the rows that were the latest known on a day."""
    return rows.filter(
        (pl.col("known_on") <= as_of) & (pl.col("known_until").is_null() | (pl.col("known_until") > as_of))
    )


def _groups_sum_to_total(frames: Frames) -> Finding:
    rows = in_force(frames["reduction"], data_as_of(frames))
    rungs = ["rung", "dated_by"]
    totals = rows.group_by(rungs).agg(pl.col("tco2").sum().alias("total"))
    by_group = [
        rows.group_by(*rungs, pl.col(column))
        .agg(pl.col("tco2").sum())
        .group_by(rungs)
        .agg(pl.col("tco2").sum())
        for column in ("project_id", *GROUPED_BY)
    ]
    unequal = sum(
        sums.join(totals, on=rungs, how="full").filter(pl.col("tco2").ne_missing(pl.col("total"))).height
        for sums in by_group
    )
    # Grouped by what the row says or by what its project says, the tonnes must be the same.
    of_project = frames["project"].select("project_id", *GROUPED_BY)
    misplaced = rows.join(of_project, on="project_id", how="inner", suffix="_of_project").filter(
        pl.any_horizontal(
            [pl.col(column).ne_missing(pl.col(f"{column}_of_project")) for column in GROUPED_BY]
        )
    )
    notified = rows.filter((pl.col("rung") == "notified") & (pl.col("dated_by") == "monitoring_period"))
    return Finding(
        unequal == 0 and misplaced.is_empty() and rows["iso3"].null_count() == 0,
        f"expected {_total(rows.filter(pl.col('rung').is_in(EXPECTED_RUNGS))):,} t, decided {_total(notified):,} t "
        f"({_total(notified.filter(pl.col('project_id').is_null())):,} t of several or unnamed projects); "
        f"{unequal} sums differ, {misplaced.height} rows in another group than their project",
    )


def _sides_add_up(frames: Frames) -> Finding:
    events = frames["issuance"].filter(pl.col("total_tco2").is_not_null())
    unequal = events.filter(pl.col("japan_tco2") + pl.col("partner_tco2") != pl.col("total_tco2"))
    notified = in_force(frames["reduction"], data_as_of(frames)).filter(
        (pl.col("rung") == "notified") & (pl.col("dated_by") == "monitoring_period")
    )
    known = notified.filter(pl.col("japan_tco2").is_not_null())
    japan, unknown = int(known["japan_tco2"].sum()), _total(notified) - _total(known)
    partner = _total(known) - japan
    stated = int(events["japan_tco2"].sum())
    return Finding(
        unequal.is_empty() and japan == stated and japan + partner + unknown == _total(events, "total_tco2"),
        f"Japan {japan:,} t + partner {partner:,} t + unknown {unknown:,} t = {_total(notified):,} t; "
        f"{unequal.height} events whose stated sides do not add up",
    )


def _events_are_conserved(frames: Frames) -> Finding:
    totals = frames["issuance"].filter(pl.col("total_tco2").is_not_null()).select("issuance_id", "total_tco2")
    notified = in_force(frames["reduction"], data_as_of(frames)).filter(pl.col("rung") == "notified")
    by_event = notified.group_by("issuance_id", "dated_by").agg(pl.col("tco2").sum())
    counts = {dated_by: by_event.filter(pl.col("dated_by") == dated_by) for dated_by in DATINGS}
    changed = by_event.join(totals, on="issuance_id", how="full").filter(
        pl.col("tco2").ne_missing(pl.col("total_tco2"))
    )
    decided = frames["issuance_stage"].filter(pl.col("rung") == "notified")
    lost = frames["issuance"].join(decided, on="issuance_id", how="anti")
    return Finding(
        changed.is_empty()
        and lost.is_empty()
        and all(rows.height == totals.height for rows in counts.values()),
        f"{totals.height} events with an amount, {_total(totals, 'total_tco2'):,} t; by monitoring period "
        f"{_total(counts['monitoring_period']):,} t, by decision {_total(counts['decision']):,} t; "
        f"{frames['issuance'].height - totals.height} events without an amount, {lost.height} lost",
    )


def _ladder_descends(frames: Frames) -> Finding:
    actual = frames["reduction"].filter(pl.col("rung").is_in(ACTUAL_RUNGS))
    levels = _levels(
        actual, ["issuance_id", "dated_by"], {rung: pl.col("rung") == rung for rung in ACTUAL_RUNGS}
    )
    pairs = (("notified", "issued"), ("issued", "japan"), ("issued", "itmo"), ("itmo", "ndc"))
    risen = levels.filter(pl.any_horizontal([pl.col(lower) > pl.col(upper) for upper, lower in pairs]))
    now = in_force(actual, data_as_of(frames)).filter(pl.col("dated_by") == "decision")
    return Finding(
        risen.is_empty(),
        " >= ".join(f"{rung} {_total(now.filter(pl.col('rung') == rung)):,} t" for rung in ACTUAL_RUNGS)
        + f"; {risen.height} days on which an event has more on a later rung",
    )


def _nothing_counted_twice(frames: Frames) -> Finding:
    reduction = frames["reduction"]
    expected, notified = pl.col("rung").is_in(EXPECTED_RUNGS), pl.col("rung") == "notified"
    parts = {"counted": expected | notified, "combined": expected | notified}
    over = 0
    for dated_by in DATINGS:
        of_dating = reduction.filter(pl.col("dated_by").is_in(["operation", dated_by]))
        levels = _levels(of_dating, ["iso3"], parts, "combined")
        over += levels.filter(pl.col("combined") > pl.col("counted")).height
    above_row = reduction.filter(pl.col("combined_tco2") > pl.col("tco2"))
    misplaced = reduction.filter((pl.col("combined_tco2") != 0) & ~(expected | notified))
    now = in_force(reduction, data_as_of(frames)).filter(pl.col("dated_by") != "decision")
    return Finding(
        above_row.is_empty() and over == 0 and misplaced.is_empty(),
        f"verified + expected {_total(now, 'combined_tco2'):,} t <= expected {_total(now.filter(expected)):,} t + "
        f"decided {_total(now.filter(notified)):,} t; {over} days above, {above_row.height} rows above, "
        f"{misplaced.height} rows on another rung",
    )


def _stages_match_status(frames: Frames) -> Finding:
    stages = in_force(frames["project_stage"], data_as_of(frames)).select("project_id", "stage")
    statuses = frames["project"].select("project_id", "status")
    differing = statuses.join(stages, on="project_id", how="full").filter(
        pl.col("status").ne_missing(pl.col("stage"))
    )
    counts = dict(statuses.group_by("status").len().sort("status").iter_rows())
    return Finding(
        differing.is_empty() and stages.height == statuses.height,
        ", ".join(f"{status} {count}" for status, count in counts.items())
        + f" = {statuses.height} projects; {differing.height} on another stage than their status",
    )


def _years_agree(frames: Frames) -> Finding:
    rows = frames["reduction"]
    fiscal, calendar = pl.col("fiscal_year"), pl.col("calendar_year")
    wrong = rows.filter(
        (fiscal.is_null() != calendar.is_null()) | ~(calendar - fiscal).is_in([0, 1]).fill_null(value=True)
    )
    now = in_force(rows, data_as_of(frames))
    dated = now.drop_nulls("fiscal_year")
    sums = {
        name: (_total(of_rungs.drop_nulls("fiscal_year")), _total(of_rungs.drop_nulls("calendar_year")))
        for name, of_rungs in (
            ("expected", now.filter(pl.col("rung").is_in(EXPECTED_RUNGS))),
            *(
                (rung, now.filter((pl.col("rung") == rung) & (pl.col("dated_by") == "monitoring_period")))
                for rung in ACTUAL_RUNGS
            ),
        )
    }
    return Finding(
        wrong.is_empty() and all(by_fiscal == by_calendar for by_fiscal, by_calendar in sums.values()),
        ", ".join(
            f"{name} {by_fiscal:,} t by fiscal and {by_calendar:,} t by calendar year"
            for name, (by_fiscal, by_calendar) in sums.items()
            if by_fiscal
        )
        + f"; {now.height - dated.height} rows without a year, {wrong.height} in years that do not meet",
    )


def _one_row_in_force(frames: Frames) -> Finding:
    cells = ["subject_id", "rung", "dated_by", "fiscal_year", "calendar_year"]
    overlaps = {
        "reduction": _overlaps(frames["reduction"], cells),
        "project_stage": _overlaps(frames["project_stage"], ["project_id"]),
        # A project stands on one expected rung at a time.
        "rungs of a project": _overlaps(
            frames["reduction"].filter(pl.col("rung").is_in(EXPECTED_RUNGS)), ["subject_id", *cells[3:]]
        ),
    }
    return Finding(
        not any(overlaps.values()),
        ", ".join(f"{name}: {count} overlaps" for name, count in overlaps.items())
        + f"; {frames['reduction'].height:,} rows of reductions",
    )


def _tonnes_are_whole_and_shared(frames: Frames) -> Finding:
    rows = frames["reduction"]
    negative = rows.filter((pl.col("tco2") < 0) | (pl.col("combined_tco2") < 0) | (pl.col("japan_tco2") < 0))
    over = rows.filter(pl.col("japan_tco2") > pl.col("tco2"))
    return Finding(
        negative.is_empty() and over.is_empty(),
        f"{rows.height:,} rows: {negative.height} negative, {over.height} with more for Japan than in all",
    )


def _codes_are_explained(frames: Frames) -> Finding:
    used = {
        code
        for table in ("reduction", "project_stage")
        for cell in frames[table]["assumption_codes"].drop_nulls().unique()
        for code in cell.split(";")
        if code
    }
    missing = sorted(used - set(frames["assumption"]["assumption_code"]))
    return Finding(not missing, f"{len(used)} codes in use; not explained: {', '.join(missing) or 'none'}")


def _total(rows: pl.DataFrame, column: str = "tco2") -> int:
    return int(rows[column].sum())


def _levels(
    rows: pl.DataFrame, keys: Sequence[str], parts: Mapping[str, pl.Expr], last_column: str | None = None
) -> pl.DataFrame:
    """Return running sums of tonnes in force, by key, on each day a row was opened or closed.

    Columns: the keys, `day`, and one per part; the part named `last_column` sums combined_tco2, the others tco2.
    """
    measures = [
        pl.when(condition)
        .then(pl.col("combined_tco2" if name == last_column else "tco2"))
        .otherwise(0)
        .alias(name)
        for name, condition in parts.items()
    ]
    opened = rows.select(*keys, pl.col("known_on").alias("day"), *measures)
    closed = rows.filter(pl.col("known_until").is_not_null()).select(
        *keys, pl.col("known_until").alias("day"), *[-measure for measure in measures]
    )
    return (
        pl.concat([opened, closed])
        .group_by(*keys, "day")
        .agg([pl.col(name).sum() for name in parts])
        .sort(*keys, "day")
        .with_columns([pl.col(name).cum_sum().over(keys) for name in parts])
    )


def _overlaps(rows: pl.DataFrame, keys: Sequence[str]) -> int:
    following = pl.col("known_on").shift(-1).over(keys)
    return (
        rows.sort(*keys, "known_on")
        .filter(
            (
                following.is_not_null()
                & (pl.col("known_until").is_null() | (pl.col("known_until") > following))
            )
            | (pl.col("known_until") <= pl.col("known_on"))
        )
        .height
    )


def _ledger_agrees_with_rungs(frames: Frames) -> Finding:
    # Refused entries count here as well: the rung holds what a source states, the ledger tells why it cannot be.
    entries = frames["ledger_entry"]
    rows = in_force(frames["reduction"], data_as_of(frames)).filter(pl.col("dated_by") == "decision")

    def of_rung(rung: str) -> int:
        return int(rows.filter(pl.col("rung") == rung).get_column("tco2").sum())

    def of_action(action: str) -> int:
        return int(entries.filter(pl.col("action") == action).get_column("quantity_tco2").sum())

    pairs = {
        "notified": (of_action("decide"), of_rung("notified")),
        "issued": (of_action("issue"), of_rung("issued")),
        "itmo": (of_action("transfer"), of_rung("itmo")),
        "ndc": (of_action("use_ndc"), of_rung("ndc")),
    }
    detail = "; ".join(f"{rung}: ledger {ours} t, rung {theirs} t" for rung, (ours, theirs) in pairs.items())
    return Finding(all(ours == theirs for ours, theirs in pairs.values()), detail)


CHECKS: tuple[Check, ...] = (
    Check(
        "GROUPS-SUM-TO-TOTAL",
        "Sums by project, country, sector, technology, programme and funding equal the total",
        "案件別、国別、分野別、技術別、事業別、資金別の合計が総計に一致する",
        _groups_sum_to_total,
    ),
    Check(
        "SIDES-ADD-UP",
        "Japanese side, partner side and tonnes of unknown share add up to the tonnes decided",
        "日本側、パートナー国側及び配分不明の合計が発行決定量に一致する",
        _sides_add_up,
    ),
    Check(
        "EVENTS-CONSERVED",
        "Every issuance event keeps its tonnes in both datings",
        "いずれの計上時点でも各発行の量が保存される",
        _events_are_conserved,
    ),
    Check(
        "LADDER-DESCENDS",
        "On no day is more issued than decided, or more with Japan or transferred than issued",
        "いずれの日にも、発行量は発行決定量を、日本側の量及び移転量は発行量を超えない",
        _ladder_descends,
    ),
    Check(
        "NOTHING-COUNTED-TWICE",
        "Verified and expected together are at most their sum, on every day and in every row",
        "検証済みと見込みの合算は、いずれの日及び行においても両者の和を超えない",
        _nothing_counted_twice,
    ),
    Check(
        "STAGES-MATCH-STATUS",
        "Every project stands on the stage of its status on the day of the data",
        "データ基準日における全案件の段階が案件の状態に一致する",
        _stages_match_status,
    ),
    Check(
        "YEARS-AGREE",
        "Sums by fiscal year and by calendar year are equal",
        "年度別の合計と暦年別の合計が一致する",
        _years_agree,
    ),
    Check(
        "ONE-ROW-IN-FORCE",
        "On any day one row at most is in force for a subject, rung, dating and year",
        "いずれの日にも、対象、段階、計上時点及び年ごとに有効な行は一つ以下である",
        _one_row_in_force,
    ),
    Check(
        "TONNES-ARE-SHARED",
        "No row has negative tonnes or more for Japan than in all",
        "負の量の行及び日本側が全体を超える行がない",
        _tonnes_are_whole_and_shared,
    ),
    Check(
        "CODES-EXPLAINED",
        "Every assumption code in use is explained",
        "使用している仮定コードにはすべて説明がある",
        _codes_are_explained,
    ),
    Check(
        "LEDGER-AGREES-WITH-RUNGS",
        "Entries of the ledger sum to the rungs decided, issued, transferred and used",
        "台帳の記載の合計が発行決定、発行済み、初回移転及びNDC計上の量に一致する",
        _ledger_agrees_with_rungs,
    ),
)
