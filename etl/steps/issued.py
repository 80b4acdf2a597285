"""Issuance events as columns: when each became known, how much it is, what it verifies of which project.

All of it is done by columns: a million events take about a second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.contracts.columns import latest_day
from etl.steps.assumptions import AssumptionBook
from etl.steps.fact_rows import Frames
from etl.steps.stages import ProjectHistory, VerifiedPeriod
from etl.steps.tonnes import Codes
from model.apportion import largest_remainder

DATES = ("decided", "issued", "announced")


@dataclass(frozen=True)
class Verification:
    """What an event changes in the expectation of a project, from the day it was known.

    With a `period`, its days are taken out of the expectation. Without one, `tco2` are, up to the day `until`.
    `japan` holds the event's total and Japanese tonnes where both are known and it is of this project alone.
    """

    known_on: date
    period: tuple[date, date] | None
    tco2: int
    until: date
    codes: Codes
    japan: tuple[int, int] | None = None


def known_events(frames: Frames, data_as_of: date) -> pl.DataFrame:
    """Return one row an event, in the order of the record, with what the steps derive from its cells.

    `event` is its place from 0, `names` the projects named (null where it is one, `only_project_id`, or none);
    `decided_`, `issued_`, `announced_` `…_on`, `…_precision`, `…_last` (the latest day the date may mean); the period
    only where both ends are known. `low`, `high`, `is_open`, `amount_basis`, `japan_low`, `japan_high`: null where
    nothing is known of the amount. `known_on` is the day of the decision, else of the issue, else of the announcement,
    else of the reading of a page; `issued_known_on` that from which it counts as issued, null where the issue is not
    known; `known_codes` what was assumed about that. `source` needs what `dated_sources` adds to it.
    """
    named = pl.coalesce("project_ids", "project_id").str.strip_chars()
    has_period = pl.col("period_start_on").is_not_null() & pl.col("period_end_on").is_not_null()
    events = frames["issuance"].select(
        pl.int_range(pl.len()).alias("event"),
        *("issuance_id", "iso3", "source_id", "other_source_ids"),
        named.replace("", None).alias("named"),
        *(pl.col(f"{name}_{part}") for name in DATES[:2] for part in ("on", "precision")),
        *(latest_day(f"{name}_on", f"{name}_precision").alias(f"{name}_last") for name in DATES[:2]),
        *("partner_issued_on", "is_partner_issuance_pending"),
        *(pl.when(has_period).then(f"period_{end}_on").alias(f"period_{end}_on") for end in ("start", "end")),
        *("japan_tco2", "japan_government_tco2", "partner_tco2"),
        *_amounts(),
    )
    events = events.with_columns(*_japanese_parts(), amount_basis().alias("amount_basis"))
    events = _named_projects(events)
    events = _announced(events, frames["source"])
    stated = pl.coalesce("decided_last", "issued_last")
    known = pl.min_horizontal(
        pl.coalesce(stated, "announced_known_on", "read_on", pl.lit(data_as_of)), pl.lit(data_as_of)
    )
    issued = pl.max_horizontal(pl.min_horizontal("issued_last", pl.lit(data_as_of)), known)
    return events.with_columns(
        known.alias("known_on"),
        # An issue implies the decision: where the limits of two months overlap, both count from the later day.
        pl.when(pl.col("issued_last").is_not_null()).then(issued).alias("issued_known_on"),
        pl.when(stated.is_null())
        .then(
            pl.when(pl.col("announced_known_on").is_not_null())
            .then(pl.lit("KNOWN-SOURCE"))
            .otherwise(pl.lit("KNOWN-RETRIEVED"))
        )
        .alias("known_codes"),
        pl.when(pl.col("amount_basis") == "range")
        .then(pl.lit("AMOUNT-RANGE"))
        .when("is_open")
        .then(pl.lit("AMOUNT-AT-LEAST"))
        .alias("amount_codes"),
    ).drop("named", "read_on", "other_source_ids")


def _amounts() -> Iterator[pl.Expr]:
    """The amount of both sides: a stated total is exact, stated limits are a range.

    Where only parts are known, what they add up to is the low end, and the whole where both sides are; the whole
    Japanese side includes the government's part. Parts of 0 t say nothing about the whole.
    """
    limits = pl.col("total_low_tco2").is_not_null() & pl.col("total_high_tco2").is_not_null()
    sides = pl.sum_horizontal(pl.coalesce("japan_tco2", "japan_government_tco2"), "partner_tco2")
    parts = pl.when(sides > 0).then(sides)
    is_whole = pl.col("japan_tco2").is_not_null() & pl.col("partner_tco2").is_not_null()
    yield pl.coalesce("total_tco2", pl.when(limits).then("total_low_tco2"), parts).alias("low")
    yield pl.coalesce("total_tco2", pl.when(limits).then("total_high_tco2"), parts).alias("high")
    yield (pl.col("total_tco2").is_null() & ~limits & (sides > 0) & ~is_whole).alias("is_open")


def amount_basis() -> pl.Expr:
    """How the amount of an event is known."""
    return (
        pl.when(pl.col("low").is_null())
        .then(pl.lit("unknown"))
        .when("is_open")
        .then(pl.lit("at least"))
        .when(pl.col("low") == pl.col("high"))
        .then(pl.lit("exact"))
        .otherwise(pl.lit("range"))
    )


def _japanese_parts() -> Iterator[pl.Expr]:
    """A part that is not stated lies between what is known to be Japan's and what is not known to be the partner's."""
    government, partner = (pl.col(c).fill_null(0) for c in ("japan_government_tco2", "partner_tco2"))
    is_rest = pl.col("partner_tco2").is_not_null() & ~pl.col("is_open")
    least = (
        pl.when(is_rest).then(pl.max_horizontal(pl.col("low") - partner, government)).otherwise(government)
    )
    most = pl.max_horizontal(pl.col("high") - partner, government)
    for end, unstated in (("low", least), ("high", most)):
        part = pl.coalesce("japan_tco2", unstated)
        yield pl.when(pl.col("low").is_not_null()).then(part).alias(f"japan_{end}")


def _named_projects(events: pl.DataFrame) -> pl.DataFrame:
    """Nearly all events have one project: only the others are split."""
    is_list = pl.col("named").str.contains(";", literal=True)
    several = events.filter(is_list).select(
        "event",
        pl.col("named").str.split(";").list.eval(pl.element().str.strip_chars().replace("", None).drop_nulls())
        .alias("names"),
    )  # fmt: skip
    count = pl.col("names").list.len().cast(pl.Int64)
    return (
        events.join(several, on="event", how="left", maintain_order="left")
        .with_columns(
            pl.when(count == 1)
            .then(pl.col("names").list.first())
            .when(pl.col("names").is_null())
            .then("named")
            .alias("only_project_id"),
            pl.coalesce(count, pl.col("named").is_not_null().cast(pl.Int64)).alias("projects"),
        )
        .with_columns(pl.when(pl.col("projects") > 1).then("names").alias("names"))
    )


def _announced(events: pl.DataFrame, source: pl.DataFrame) -> pl.DataFrame:
    """The earliest date of an event's sources, the first reading of one, and whether all of them are weak."""
    stated = latest_day("as_of_on", "as_of_precision")
    pages = source.select(
        "source_id",
        pl.col("as_of_on").alias("announced_on"),
        pl.when(stated.is_not_null())
        .then(pl.col("as_of_precision").fill_null("day"))
        .alias("announced_precision"),
        stated.alias("announced_last"),
        pl.when(stated.is_not_null()).then("known_on").alias("announced_known_on"),
        pl.col("retrieved_on").alias("read_on"),
        (pl.col("reliability") == "weak").alias("is_weak"),
    )
    dates = ("announced_on", "announced_precision", "announced_last", "announced_known_on")
    is_alone = pl.col("other_source_ids").is_null()
    alone = events.filter(is_alone).select("event", "source_id").join(pages, on="source_id", how="left")
    several = (
        events.filter(~is_alone)
        .select("event", pl.concat_str("source_id", "other_source_ids", separator=";").str.split(";").alias("source_id"))
        .explode("source_id")
        .with_columns(pl.col("source_id").str.strip_chars())
        .filter(pl.col("source_id") != "")
        .join(pages, on="source_id", how="left", maintain_order="left")
        .group_by("event")
        .agg(
            pl.col(dates).sort_by("announced_known_on", nulls_last=True, maintain_order=True).first(),
            pl.col("read_on").min(),
            pl.col("is_weak").fill_null(value=False).all(),
        )
    )  # fmt: skip
    found = pl.concat([alone.drop("source_id"), several], how="vertical").with_columns(
        pl.col("is_weak").fill_null(value=False).alias("is_reported")
    )
    return events.join(found.drop("is_weak"), on="event", how="left", maintain_order="left")


def projects_of(events: pl.DataFrame) -> pl.DataFrame:
    """Return `event` and `project_id`, a row for each project that an event names."""
    alone = events.select("event", pl.col("only_project_id").alias("project_id")).drop_nulls()
    several = (
        events.drop_nulls("names").select("event", pl.col("names").alias("project_id")).explode("project_id")
    )
    return pl.concat([alone, several])


def verified_periods(events: pl.DataFrame) -> dict[str, list[VerifiedPeriod]]:
    """Return the monitoring periods of events that name exactly one project, by that project.

    Only those that were the earliest known on their day: a project's start rests on no others.
    """
    periods = (
        events.filter(pl.col("only_project_id").is_not_null() & pl.col("period_start_on").is_not_null())
        .select(pl.col("only_project_id").alias("project_id"), "known_on", "period_start_on", "period_end_on")
        .sort("project_id", "known_on", "period_start_on")
    )
    earliest = pl.col("period_start_on").cum_min().shift(1).over("project_id")
    found: dict[str, list[VerifiedPeriod]] = {}
    for project_id, known_on, start, end in periods.filter(
        earliest.is_null() | (pl.col("period_start_on") < earliest)
    ).iter_rows():
        found.setdefault(project_id, []).append(VerifiedPeriod(known_on, (start, end)))
    return found


def verifications(
    events: pl.DataFrame,
    histories: Mapping[str, ProjectHistory],
    expecting: frozenset[str],
    book: AssumptionBook,
) -> dict[str, list[Verification]]:
    """Return what each event with an amount replaces of the expectation, by project, of those that ever expect any.

    An event of one project with a period replaces its days. Any other replaces the same amount: of the projects it
    names, or, where it names none, of the registered projects of its country, since only these have credits. Several
    projects share in proportion to their annual estimates as known on that day.
    """
    is_alone = pl.col("only_project_id").is_not_null()
    countries: dict[str, list[str]] = {}
    for project_id, history in histories.items():
        if project_id in expecting:
            countries.setdefault(history.project.iso3, []).append(project_id)
    # Of a project that never expects anything nothing can be replaced.
    counted = events.filter(
        pl.col("low").is_not_null() & (~is_alone | pl.col("only_project_id").is_in(list(expecting)))
    )
    found: dict[str, list[Verification]] = {}
    for row in counted.select(
        *("only_project_id", "names", "iso3", "low", "japan_tco2", "known_on"),
        *("period_start_on", "period_end_on"),
        pl.coalesce("decided_last", "issued_last", "announced_last", "known_on").alias("until"),
    ).iter_rows(named=True):
        project_id, known_on, tco2 = row["only_project_id"], row["known_on"], row["low"]
        period = (
            (row["period_start_on"], row["period_end_on"]) if project_id and row["period_start_on"] else None
        )
        codes: Codes = ()
        if period:
            parts = {project_id: tco2}
        else:
            named = [project_id] if project_id else row["names"]
            codes = ("NET-OF-AMOUNT",) if named else ("NET-OF-COUNTRY",)
            weights = _weights(
                named
                or [p for p in countries.get(row["iso3"], ()) if histories[p].stage(known_on) == "registered"],
                known_on, histories, book,
            )  # fmt: skip
            parts = (
                dict(zip(weights, largest_remainder(tco2, list(weights.values())), strict=True))
                if weights
                else {}
            )
        japan = (tco2, row["japan_tco2"]) if project_id and row["japan_tco2"] is not None else None
        for one, part in parts.items():
            verification = Verification(known_on, period, part, row["until"], codes, japan)
            found.setdefault(one, []).append(verification)
    return found


def _weights(
    named: list[str], as_of: date, histories: Mapping[str, ProjectHistory], book: AssumptionBook
) -> dict[str, int]:
    """Annual estimates of the projects that may have brought the tonnes of an event about."""
    return {
        project_id: state.estimate.annual_tco2
        for project_id in named
        if project_id in histories
        and histories[project_id].known_on <= as_of
        and (state := histories[project_id].state(as_of, book)).expects
        and state.estimate is not None
    }
