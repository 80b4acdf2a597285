"""Rules that look at more than one table. Each returns the keys of the rows that fail.

A date known only to the month or year is refused only where even its most favourable day breaks the rule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from etl.contracts.columns import first_day_of, latest_day, members_of
from etl.contracts.table import RuleText
from model.participant_names import known_names, plain_name

Frames = Mapping[str, pl.DataFrame]
Failing = Callable[[Frames], pl.DataFrame]


@dataclass(frozen=True)
class CrossRule:
    """A rule of one table that needs others: `failing` returns the row_key columns of the rows that break it."""

    name: str
    table: str
    text: RuleText
    failing: Failing


_DECLARED: list[CrossRule] = []


def _across(table: str, en: str, ja: str) -> Callable[[Failing], Failing]:
    """Declare the rule of a table that a function checks, under the function's name, with what it expects."""

    def declare(failing: Failing) -> Failing:
        _DECLARED.append(CrossRule(failing.__name__, table, RuleText(en, ja), failing))
        return failing

    return declare


def _signatures(frames: Frames) -> pl.DataFrame:
    return frames["partner_country"].select("iso3", "signed_from_on")


def _readings(frames: Frames) -> pl.DataFrame:
    return frames["source"].select("source_id", "retrieved_on")


def _last_reading(frames: Frames) -> pl.Expr:
    return pl.lit(frames["source"].get_column("retrieved_on").max(), pl.Date)


@_across(
    "partner_country",
    "A signature must not be later than the day its source was read.",
    "署名日は出典の取得日より後であってはなりません。",
)
def signed_after_it_was_read(frames: Frames) -> pl.DataFrame:
    joined = frames["partner_country"].join(_readings(frames), on="source_id", how="inner")
    return joined.filter(pl.col("signed_from_on") > pl.col("retrieved_on")).select("iso3")


@_across(
    "project",
    "A project must not be registered before its partner signed.",
    "登録日はパートナー国の署名日より前であってはなりません。",
)
def registered_before_signature(frames: Frames) -> pl.DataFrame:
    joined = frames["project"].join(_signatures(frames), on="iso3", how="inner")
    return joined.filter(pl.col("registered_on") < pl.col("signed_from_on")).select("project_id")


@_across(
    "project",
    "A day of registration must not be later than the day the sources were read.",
    "登録日は出典の取得日より後であってはなりません。",
)
def registered_after_it_was_read(frames: Frames) -> pl.DataFrame:
    return frames["project"].filter(pl.col("registered_on") > _last_reading(frames)).select("project_id")


@_across(
    "project",
    "The fiscal year of selection must have begun when the sources were read.",
    "採択年度の開始日は出典の取得日より後であってはなりません。",
)
def selected_after_it_was_read(frames: Frames) -> pl.DataFrame:
    begins = first_day_of("fy_selected")
    return frames["project"].filter(begins > _last_reading(frames)).select("project_id")


@_across(
    "project",
    "The funding must be that of the programme.",
    "資金の区分は支援事業の区分と一致しなければなりません。",
)
def funding_of_another_programme(frames: Frames) -> pl.DataFrame:
    programmes = frames["programme"].select("programme", pl.col("funding").alias("follows"))
    joined = frames["project"].join(programmes, on="programme", how="inner")
    return joined.filter(pl.col("funding") != pl.col("follows")).select("project_id")


@_across(
    "project_claim",
    "An annual estimate stated for a whole project needs a project that holds one.",
    "案件全体の年間削減見込量の公表値がある場合、projectにも見込量が必要です。",
)
def stated_and_none_held(frames: Frames) -> pl.DataFrame:
    without = frames["project"].filter(pl.col("est_annual_tco2").is_null()).select("project_id")
    is_whole = (pl.col("field") == "est_annual_tco2") & (pl.col("claim_scope") == "project")
    found = frames["project_claim"].filter(is_whole).join(without, on="project_id", how="semi")
    return found.select("project_id", "field", "value", "source_id")


@_across(
    "project_claim",
    "A value marked as taken must be the one that the project holds.",
    "採用とした値は、projectの値と一致しなければなりません。",
)
def taken_and_not_held(frames: Frames) -> pl.DataFrame:
    held = frames["project"].select(
        "project_id",
        *(pl.col(c).cast(pl.String) for c in ("est_annual_tco2", "registered_on", "fy_selected")),
    )
    of_field = pl.coalesce(
        pl.when(pl.col("field") == c).then(pl.col(c))
        for c in ("est_annual_tco2", "registered_on", "fy_selected")
    )
    # A month agrees with a day in it.
    agrees = (
        pl.when(pl.col("field") == "registered_on")
        .then(of_field.str.starts_with(pl.col("value")))
        .otherwise(of_field == pl.col("value"))
        .fill_null(value=False)
    )
    joined = frames["project_claim"].join(held, on="project_id", how="inner")
    return joined.filter(pl.col("is_taken") & ~agrees).select("project_id", "field", "value", "source_id")


@_across(
    "issuance",
    "Credits must not be decided or issued before the partner signed.",
    "発行決定日及び発行日はパートナー国の署名日より前であってはなりません。",
)
def issued_before_signature(frames: Frames) -> pl.DataFrame:
    joined = frames["issuance"].join(_signatures(frames), on="iso3", how="inner")
    first = pl.min_horizontal(
        latest_day("decided_on", "decided_precision"),
        latest_day("issued_on", "issued_precision"),
        "partner_issued_on",
    )
    return joined.filter(first < pl.col("signed_from_on")).select("issuance_id")


@_across(
    "issuance",
    "A decision or an issue must not be later than the day its source was read.",
    "発行決定日及び発行日は出典の取得日より後であってはなりません。",
)
def decided_after_it_was_read(frames: Frames) -> pl.DataFrame:
    joined = frames["issuance"].join(_readings(frames), on="source_id", how="inner")
    last = pl.max_horizontal("decided_on", "issued_on", "partner_issued_on")
    return joined.filter(last > pl.col("retrieved_on")).select("issuance_id")


@_across(
    "issuance",
    "The projects of an event must be in the country of the event.",
    "発行の対象案件は同じ国のものでなければなりません。",
)
def project_of_another_country(frames: Frames) -> pl.DataFrame:
    projects = frames["project"].select(pl.col("project_id").alias("project"), pl.col("iso3").alias("host"))
    events = frames["issuance"].select("issuance_id", "iso3", members_of("project_ids").alias("project"))
    joined = events.explode("project").join(projects, on="project", how="inner")
    return joined.filter(pl.col("host") != pl.col("iso3")).select("issuance_id").unique(maintain_order=True)


@_across(
    "article6_event",
    "An event must not be later than the day its source was read.",
    "発生日は出典の取得日より後であってはなりません。",
)
def occurred_after_it_was_read(frames: Frames) -> pl.DataFrame:
    joined = frames["article6_event"].join(_readings(frames), on="source_id", how="inner")
    return joined.filter(pl.col("occurred_on") > pl.col("retrieved_on")).select("article6_event_id")


@_across(
    "article6_event",
    "The issuance of an event must be in the country of the event.",
    "対応する発行は同じ国のものでなければなりません。",
)
def issuance_of_another_country(frames: Frames) -> pl.DataFrame:
    issuances = frames["issuance"].select("issuance_id", pl.col("iso3").alias("host"))
    joined = frames["article6_event"].join(issuances, on="issuance_id", how="inner")
    return joined.filter(pl.col("host") != pl.col("iso3")).select("article6_event_id")


@_across(
    "article6_event",
    "The amounts of one action must not exceed the issuance they belong to.",
    "同じ種別の量の合計は、対応する発行量を超えてはなりません。",
)
def more_than_was_issued(frames: Frames) -> pl.DataFrame:
    totals = frames["issuance"].select("issuance_id", "total_tco2")
    joined = frames["article6_event"].join(totals, on="issuance_id", how="inner")
    same_action = pl.col("quantity_tco2").sum().over("issuance_id", "action")
    return joined.filter(same_action > pl.col("total_tco2")).select("article6_event_id")


@_across(
    "participant",
    "A group is led by a participant that belongs to no other group.",
    "グループの中心となる者は、他のグループに属してはなりません。",
)
def group_within_a_group(frames: Frames) -> pl.DataFrame:
    grouped = frames["participant"].filter(pl.col("group_id").is_not_null())
    led = grouped.select(pl.col("participant_id").alias("group_id"))
    return grouped.join(led, on="group_id", how="semi").select("participant_id")


@_across(
    "participant",
    "Two participants must not have the same name but for its spelling and legal form.",
    "表記及び法人格を除き同じ名称の参加者を重複して記載することはできません。",
)
def name_of_two_participants(frames: Frames) -> pl.DataFrame:
    contested = known_names(frames["participant"].to_dicts(), ()).contested()
    is_contested = pl.any_horizontal(_plain(name).is_in(contested) for name in ("name_en", "name_ja"))
    return frames["participant"].filter(is_contested).select("participant_id")


@_across(
    "participant_alias",
    "An alias must not be the name or alias of another participant.",
    "別名は他の参加者の名称又は別名と重複してはなりません。",
)
def alias_of_two_participants(frames: Frames) -> pl.DataFrame:
    aliases = frames["participant_alias"]
    contested = known_names(frames["participant"].to_dicts(), aliases.to_dicts()).contested()
    return aliases.filter(_plain("alias").is_in(contested)).select("alias", "iso3")


def _plain(column: str) -> pl.Expr:
    return pl.col(column).map_elements(plain_name, return_dtype=pl.String)


def _country_of_neither_side(table: str, key: tuple[str, ...]) -> Failing:
    def failing(frames: Frames) -> pl.DataFrame:
        known = [*frames["partner_country"].get_column("iso3"), "JPN"]
        return frames[table].filter(~pl.col("iso3").is_in(known)).select(key)

    return failing


_NEITHER_SIDE = RuleText(
    "The country must be a partner or Japan (JPN).", "国はパートナー国又は日本（JPN）でなければなりません。"
)


CROSS_RULES: tuple[CrossRule, ...] = (
    *_DECLARED,
    CrossRule(
        "ndc_of_neither_side", "ndc_target", _NEITHER_SIDE, _country_of_neither_side("ndc_target", ("iso3",))
    ),
    CrossRule(
        "pricing_of_neither_side",
        "carbon_pricing",
        _NEITHER_SIDE,
        _country_of_neither_side("carbon_pricing", ("iso3", "status", "instrument")),
    ),
)
