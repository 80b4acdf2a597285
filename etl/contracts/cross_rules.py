"""Rules that look at more than one table. Each gives the keys of the rows that fail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from etl.contracts.table import RuleText

Frames = Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class CrossRule:
    """A rule of one table that needs others: `failing` gives the row_key columns of the rows that break it."""

    name: str
    table: str
    text: RuleText
    failing: Callable[[Frames], pl.DataFrame]


def _registered_before_signature(frames: Frames) -> pl.DataFrame:
    partners = frames["partner_country"].select("iso3", "signed_from_on")
    joined = frames["project"].join(partners, on="iso3", how="inner")
    return joined.filter(pl.col("registered_on") < pl.col("signed_from_on")).select("project_id")


def _issued_before_signature(frames: Frames) -> pl.DataFrame:
    partners = frames["partner_country"].select("iso3", "signed_from_on")
    joined = frames["issuance"].join(partners, on="iso3", how="inner")
    first = pl.min_horizontal("decided_on", "issued_on")
    return joined.filter(first < pl.col("signed_from_on")).select("issuance_id")


def _project_of_another_country(frames: Frames) -> pl.DataFrame:
    projects = frames["project"].select(pl.col("project_id").alias("project"), pl.col("iso3").alias("host"))
    events = frames["issuance"].select(
        "issuance_id", "iso3", pl.col("project_ids").str.split(";").alias("project")
    )
    exploded = events.explode("project").with_columns(pl.col("project").str.strip_chars())
    joined = exploded.join(projects, on="project", how="inner")
    return joined.filter(pl.col("host") != pl.col("iso3")).select("issuance_id").unique(maintain_order=True)


def _registered_after_it_was_read(frames: Frames) -> pl.DataFrame:
    latest = frames["source"].get_column("retrieved_on").max()
    return frames["project"].filter(pl.col("registered_on") > pl.lit(latest)).select("project_id")


def _decided_after_it_was_read(frames: Frames) -> pl.DataFrame:
    sources = frames["source"].select("source_id", "retrieved_on")
    joined = frames["issuance"].join(sources, on="source_id", how="inner")
    last = pl.max_horizontal("decided_on", "issued_on")
    return joined.filter(last > pl.col("retrieved_on")).select("issuance_id")


def _funding_of_another_programme(frames: Frames) -> pl.DataFrame:
    programmes = frames["programme"].select("programme", pl.col("funding").alias("follows"))
    joined = frames["project"].join(programmes, on="programme", how="inner")
    return joined.filter(pl.col("funding") != pl.col("follows")).select("project_id")


CROSS_RULES: tuple[CrossRule, ...] = (
    CrossRule(
        "registered_before_signature",
        "project",
        RuleText(
            "A project must not be registered before its partner signed.",
            "登録日はパートナー国の署名日より前であってはなりません。",
        ),
        _registered_before_signature,
    ),
    CrossRule(
        "registered_after_it_was_read",
        "project",
        RuleText(
            "A day of registration must not be later than the day the sources were read.",
            "登録日は出典の取得日より後であってはなりません。",
        ),
        _registered_after_it_was_read,
    ),
    CrossRule(
        "funding_of_another_programme",
        "project",
        RuleText(
            "The funding must be that of the programme.",
            "資金の区分は支援事業の区分と一致しなければなりません。",
        ),
        _funding_of_another_programme,
    ),
    CrossRule(
        "issued_before_signature",
        "issuance",
        RuleText(
            "Credits must not be decided or issued before the partner signed.",
            "発行決定日及び発行日はパートナー国の署名日より前であってはなりません。",
        ),
        _issued_before_signature,
    ),
    CrossRule(
        "decided_after_it_was_read",
        "issuance",
        RuleText(
            "A decision or an issue must not be later than the day its source was read.",
            "発行決定日及び発行日は出典の取得日より後であってはなりません。",
        ),
        _decided_after_it_was_read,
    ),
    CrossRule(
        "project_of_another_country",
        "issuance",
        RuleText(
            "The projects of an event must be in the country of the event.",
            "発行の対象プロジェクトは同じ国のものでなければなりません。",
        ),
        _project_of_another_country,
    ),
)
