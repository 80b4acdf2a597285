"""What a build would change against the published version, and whether that was acknowledged.

A rung or a country whose tonnes move by more than a share, and a row or cell with tonnes that was rejected, stop the
build unless a line of data/acknowledged/findings.csv or a reason given with the command acknowledges them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl

from etl.plausibility.findings import ACKNOWLEDGEMENTS
from etl.sources.quarantine import Rejected, visible
from etl.sources.stops import BuildStopped
from etl.steps.dating import in_force
from etl.warehouse.file import CONFIG
from model.ladder import ACTUAL_RUNGS

RUNG_CODE = "WHOLE-RUNG"
COUNTRY_CODE = "WHOLE-COUNTRY"
REJECTED_CODE = "WHOLE-REJECTED"
LARGEST_SHIFT = 0.01
"""Share of a rung or of a country's sum that may move without an acknowledgement."""
LEAST_SHIFT_TCO2 = 100
"""What is less moves no figure that anybody reads."""
NAMED = 5

Frames = Mapping[str, pl.DataFrame]
LEVEL_COLUMNS = ("rung", "iso3", "subject", "tco2")


@dataclass(frozen=True)
class Shift:
    """A change to be reviewed: what an acknowledgement repeats (code, key, value), and its messages."""

    code: str
    key: str
    value: str
    message_en: str
    message_ja: str


class Moved(NamedTuple):
    """A group whose sum moved, tCO2, and the subjects that moved it, the largest first."""

    key: str
    before: int
    after: int
    causes: list[tuple[str, int]]


def levels_of(frames: Frames, as_of: date) -> pl.DataFrame:
    """Return tonnes by rung, country and project or event on the day of the data; columns LEVEL_COLUMNS."""
    hosts = frames["project"].select(pl.col("project_id").alias("subject"), "iso3")
    expected = (
        in_force(frames["expected"], as_of)
        .group_by("rung", pl.col("project_id").alias("subject"))
        .agg(pl.col("tco2").sum())
        .join(hosts, on="subject", how="left")
    )
    events = frames["issuance"].select(pl.col("issuance_id").alias("subject"), "iso3")
    verified = in_force(frames["verified"], as_of)
    actual = [
        verified.group_by(pl.col("issuance_id").alias("subject"))
        .agg(pl.col(f"{rung}_low_tco2").sum().alias("tco2"))
        .with_columns(pl.lit(rung).alias("rung"))
        .join(events, on="subject", how="left")
        for rung in ACTUAL_RUNGS
    ]
    return pl.concat([expected.select(LEVEL_COLUMNS), *(one.select(LEVEL_COLUMNS) for one in actual)])


def published_levels(path: Path) -> pl.DataFrame | None:
    """Return the same of a published file; None where it is damaged or was written by older code."""
    try:
        with duckdb.connect(str(path), read_only=True, config=CONFIG) as connection:
            levels: pl.DataFrame = connection.sql(
                "SELECT rung, iso3, coalesce(issuance_id, project_id) AS subject, CAST(sum(tco2_low) AS BIGINT) AS tco2"
                " FROM history.rung_tonnes_as_of((SELECT max(data_as_of_on) FROM record.build)) GROUP BY ALL"
            ).pl()
            return levels
    except duckdb.Error:
        return None


def shifts_between(before: pl.DataFrame, after: pl.DataFrame) -> list[Shift]:
    """Return every rung, and every country's sum of expected or of decided tonnes, that moves by more than it may."""
    by_rung = _moved(before, after, pl.col("rung"))
    kind = pl.when(pl.col("rung").is_in(ACTUAL_RUNGS)).then(pl.lit("notified")).otherwise(pl.lit("expected"))
    summed = pl.col("rung").is_in([*ACTUAL_RUNGS[1:]]).not_()
    by_country = _moved(
        before.filter(summed), after.filter(summed), pl.concat_str("iso3", kind, separator=" ")
    )
    return [
        *(_shift(RUNG_CODE, moved) for moved in by_rung),
        *(_shift(COUNTRY_CODE, moved) for moved in by_country),
    ]


def rejected_tonnes(at_stake: Iterable[Rejected]) -> list[Shift]:
    """Return every rejected row or emptied cell that held tonnes."""
    shifts = []
    for one in at_stake:
        subject = one.subject or f"{one.file}:{one.line}"
        tonnes = "an amount that cannot be read" if one.tco2 is None else f"{one.tco2:,} t"
        tonnes_ja = "読み取れない量" if one.tco2 is None else f"{one.tco2:,}t"
        what, what_ja = ("row", "行") if one.level == "row" else ("cell", "セル")
        shifts.append(
            Shift(
                REJECTED_CODE,
                f"{one.table_name};{subject}",
                "unreadable" if one.tco2 is None else str(one.tco2),
                f"{one.file}, line {one.line}: a {what} with {tonnes} ({one.tco2_column} of {subject}) counts nowhere.",
                f"{one.file} の {one.line} 行目：{what_ja}（{subject} の {one.tco2_column}、{tonnes_ja}）が算入されません。",
            )
        )
    return shifts


def unacknowledged(shifts: Iterable[Shift], acknowledgement: pl.DataFrame) -> list[Shift]:
    """Return the shifts that no line of the acknowledgements covers; another value is another shift."""
    known = set(acknowledgement.select("rule_code", "row_key", "value").iter_rows())
    return [shift for shift in shifts if (shift.code, shift.key, shift.value) not in known]


def stop_on_shifts(shifts: Sequence[Shift]) -> None:
    """Raises BuildStopped where there are any, with what each is and how to acknowledge it."""
    if not shifts:
        return
    file = f"data/{ACKNOWLEDGEMENTS}"
    en = (
        f"Tonnes enter or leave the record; nothing was published. If that is right, say why: --acknowledge “reason” for"
        f" this build, or a line in {file}."
    )
    ja = (
        f"公表値の合計が変わるため、公開していません。正しい場合は、今回の構築に --acknowledge で理由を付すか、{file} に理由とともに"
        "追加してください。"
    )
    for shift in shifts:
        cells = f"{shift.code},{shift.key},{shift.value}"
        en += "\n" + visible(f"{shift.message_en} [{cells}]")
        ja += "\n" + visible(f"{shift.message_ja}［{cells}］")
    raise BuildStopped(en, ja)


def _moved(before: pl.DataFrame, after: pl.DataFrame, key: pl.Expr) -> Iterator[Moved]:
    """Groups whose sum moved by more than it may."""
    per_subject = (
        before.group_by(key.alias("key"), "subject")
        .agg(pl.col("tco2").sum().alias("was"))
        .join(
            after.group_by(key.alias("key"), "subject").agg(pl.col("tco2").sum().alias("now")),
            on=["key", "subject"],
            how="full",
            coalesce=True,
        )
        .with_columns(pl.col("was", "now").fill_null(0))
        .with_columns((pl.col("now") - pl.col("was")).alias("change"))
    )
    sums = per_subject.group_by("key").agg(pl.col("was", "now").sum()).sort("key")
    for found, was, now in sums.iter_rows():
        change = abs(now - was)
        if change <= max(LEAST_SHIFT_TCO2, LARGEST_SHIFT * was):
            continue
        causes = (
            per_subject.filter((pl.col("key") == found) & (pl.col("change") != 0))
            .sort(pl.col("change").abs(), "subject", descending=[True, False])
            .select("subject", "change")
            .rows()
        )
        yield Moved(found, was, now, causes)


def _shift(code: str, moved: Moved) -> Shift:
    key, was, now = moved.key, moved.before, moved.after
    named = ", ".join(f"{subject} {change:+,} t" for subject, change in moved.causes[:NAMED])
    more = len(moved.causes) - NAMED
    rest = f" and {more} more" if more > 0 else ""
    rest_ja = f"ほか{more}件" if more > 0 else ""
    return Shift(
        code,
        key,
        str(now),
        f"{key}: {was:,} t before, {now:,} t now; by {named}{rest}.",
        f"{key}：{was:,}tから{now:,}tに変化。{named}{rest_ja}。",
    )
