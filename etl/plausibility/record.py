"""The record that the rules judge: the fact tables, the day of the judgement, and what several rules need of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from etl.contracts import table
from etl.contracts.columns import first_day_of, latest_day, members_of
from model.fiscal_year import DAYS_A_YEAR

KEPT_ASIDE = ("study", "withdrawn")
"""Statuses that count in no sum."""

_MEGAWATTS = r"(?i)(\d+(?:\.\d+)?)\s?-?MW(?:p|e|[^a-z]|$)"
_KILOWATTS = r"(?i)(\d+(?:\.\d+)?)\s?-?kW(?:p|e|[^a-z]|$)"
_SEVERAL = pl.col("project_ids").str.contains(";", literal=True).fill_null(value=False)


def capacity_mw(title: str) -> pl.Expr:
    """The first power in a title, MW; null where it states none. MWh, which is a store, is passed over."""
    text = pl.col(title)
    return pl.coalesce(
        text.str.extract(_MEGAWATTS).cast(pl.Float64), text.str.extract(_KILOWATTS).cast(pl.Float64) / 1000
    )


def years_between(first: str | pl.Expr, last: str | pl.Expr) -> pl.Expr:
    """Years from one day to another, both included."""
    start = pl.col(first) if isinstance(first, str) else first
    end = pl.col(last) if isinstance(last, str) else last
    return ((end - start).dt.total_days() + 1) / DAYS_A_YEAR


def key_of(name: str) -> pl.Expr:
    """The row key of a table as text, parts separated by ;."""
    return pl.concat_str(
        [pl.col(c).cast(pl.String).fill_null("") for c in table(name).row_key], separator=";"
    )


@dataclass(frozen=True)
class Record:
    """The typed fact tables by name, and the day on which they are judged (None: such rules report nothing).

    The table `source_file` is judged where it is given.
    """

    frames: Mapping[str, pl.DataFrame]
    judged_on: date | None = None

    def __getitem__(self, name: str) -> pl.DataFrame:
        return self.frames[name]

    @cached_property
    def last_reading(self) -> date | None:
        """The latest day on which a source was read."""
        latest = self["source"].get_column("retrieved_on").max()
        return latest if isinstance(latest, date) else None

    @cached_property
    def signatures(self) -> pl.DataFrame:
        """Partner countries with the earliest day of their signature."""
        return self["partner_country"].select("iso3", "signed_from_on")

    @cached_property
    def projects(self) -> pl.DataFrame:
        """Projects with `mw`, the power in the title."""
        return self["project"].with_columns(
            pl.coalesce(capacity_mw("title_en"), capacity_mw("title_ja")).alias("mw")
        )

    @cached_property
    def expected_sum(self) -> int:
        """Annual estimates of all projects that count, tCO2 a year."""
        return int(self["project"].filter("in_target_scope").get_column("est_annual_tco2").sum())

    @cached_property
    def events(self) -> pl.DataFrame:
        """Issuances with `decided_last` (latest day it may mean), `dated_on` and `low_tco2` (what was issued at least).

        Remarks and sources are left out: a million of them are heavy to carry.
        """
        return self["issuance"].select(
            pl.exclude(
                "note", "source_id", "other_source_ids", "partner_issued_on", "is_partner_issuance_pending"
            ),
            latest_day("decided_on", "decided_precision").alias("decided_last"),
            pl.coalesce("decided_on", "issued_on", "partner_issued_on").alias("dated_on"),
            pl.coalesce("total_tco2", "total_low_tco2").alias("low_tco2"),
        )

    @cached_property
    def parts(self) -> pl.DataFrame:
        """One row for each event and project it covers.

        The columns of the event, `project`, `is_joint`, and of the project `project_no` (its position, quicker to
        compare than its key), `status`, `registered_on`, `fy_selected` and `annual` (tCO2).
        """
        # Nearly all events have one project: only the others are split.
        alone = self.events.filter(~_SEVERAL & pl.col("project_ids").is_not_null()).with_columns(
            pl.col("project_ids").alias("project"), pl.lit(value=False).alias("is_joint")
        )
        joint = (
            self.events.filter(_SEVERAL)
            .with_columns(members_of("project_ids").alias("project"), pl.lit(value=True).alias("is_joint"))
            .explode("project", empty_as_null=True)
        )
        projects = self["project"].select(
            pl.col("project_id").alias("project"),
            pl.int_range(pl.len()).alias("project_no"),
            "status",
            "registered_on",
            "fy_selected",
            pl.col("est_annual_tco2").alias("annual"),
        )
        return pl.concat([alone, joint]).join(projects, on="project", maintain_order="left")

    @cached_property
    def timeline(self) -> pl.DataFrame:
        """Parts that have a day, by project and day: the start of the period, else that of the decision or issue.

        `years` is the length of the period, null without one.
        """
        return (
            self.parts.select(
                *("issuance_id", "iso3", "project", "project_no", "project_ids", "is_joint"),
                *("period_start_on", "period_end_on", "total_tco2", "total_low_tco2", "low_tco2"),
                pl.coalesce("period_start_on", "dated_on").alias("day"),
                years_between("period_start_on", "period_end_on").alias("years"),
            )
            .filter(pl.col("day").is_not_null())
            .sort("project_no", "day")
        )

    @cached_property
    def rates(self) -> pl.DataFrame:
        """Events with projects: `amount` (at least), `annual` (estimates of all their projects), `years`, `rate` a year.

        Without a period the years run from the first day possible, the signature or the selection, to the event, or
        to the last reading for one without a day.
        """
        joint = self.parts.filter("is_joint")
        all_known = pl.col("annual").null_count() == 0
        sums = joint.group_by("issuance_id").agg(pl.when(all_known).then(pl.col("annual").sum()).alias("sum"))
        joint = (
            joint.unique("issuance_id", keep="first", maintain_order=True)
            .join(sums, on="issuance_id")
            .with_columns(pl.col("sum").alias("annual"))
        )
        alone = self.parts.filter(~pl.col("is_joint"))
        has_period = pl.col("period_start_on").is_not_null() & pl.col("period_end_on").is_not_null()
        first = pl.max_horizontal("signed_from_on", first_day_of("fy_selected"))
        last = pl.coalesce("period_end_on", "decided_last", "issued_on", pl.lit(self.last_reading, pl.Date))
        return (
            pl.concat([alone, joint.select(alone.columns)])
            .join(self.signatures, on="iso3", how="left")
            .with_columns(
                has_period.alias("has_period"),
                pl.when(has_period)
                .then(years_between("period_start_on", "period_end_on"))
                .otherwise(years_between(first, last))
                .alias("years"),
                pl.coalesce("low_tco2", "japan_tco2", "japan_government_tco2").alias("amount"),
            )
            .with_columns((pl.col("amount") / pl.col("years")).alias("rate"))
        )

    @cached_property
    def same_amounts(self) -> pl.DataFrame:
        """Parts whose project has another event of exactly the same amount."""
        known = self.parts.filter(pl.col("low_tco2").is_not_null())
        what = ["project_no", "low_tco2"]
        repeated = known.group_by(what).len().filter(pl.col("len") > 1)
        return known.join(repeated, on=what, how="semi", maintain_order="left")
