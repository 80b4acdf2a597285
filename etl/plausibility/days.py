"""Order of days: signature, selection, registration, operation, period, decision, issue, reading."""

from collections.abc import Iterator, Mapping

import polars as pl

from etl.contracts.columns import first_day_of, last_day_of
from etl.plausibility.record import KEPT_ASIDE, Record, key_of, years_between
from etl.plausibility.rule import About, Row, on_article6, on_event, on_project, rule
from model.fiscal_year import DAYS_A_YEAR

YEARS_BEFORE_SELECTION = 1
"""A plant may run a little before the project is selected, never long: the support is for building it."""
YEARS_AFTER_SELECTION = 6
"""The longest from selection to operation on record is 4.2 years."""
YEARS_TO_REGISTRATION = 10
"""The longest from selection to registration on record is 7.6 years."""
LONGEST_PERIOD = 8
"""Years; the longest monitoring period on record is 5.1 years."""
SHORTEST_PERIOD_DAYS = 28
"""The shortest monitoring period on record is 90 days."""
YEARS_TO_DECISION = 8
"""From the end of a period to the decision; the longest on record is 5.1 years."""
DAYS_TO_ISSUE = 90
"""From decision to issue in Japan; the longest on record is 38 days."""

DATED_FACTS: Mapping[str, tuple[str, ...]] = {
    "partner_country": ("signed_from_on",),
    "project": ("registered_on", "operation_start_on"),
    "issuance": ("period_end_on", "decided_on", "issued_on", "partner_issued_on"),
    "article6_event": ("occurred_on",),
    "official_total": ("as_of_on",),
    "milestone": ("milestone_on",),
    "carbon_pricing": ("since_on",),
    "ndc_target": ("ndc_submitted_on", "as_of_on"),
    "readiness": ("as_of_on",),
    "source": ("as_of_on",),
}
"""Days on which something happened or was stated, by table."""
_READ_TABLES = ("official_total", "milestone", "carbon_pricing", "ndc_target", "readiness")
"""Tables whose days the contracts do not compare with the reading of their source."""

_SELECTION_BEGAN = first_day_of("fy_selected")
_SELECTION_ENDED = last_day_of("fy_selected")


def _on_dated_row(row: Row) -> About:
    return About(row["table"], row["key"], row["subject"])


@rule(
    "DAYS-SELECTION-SIGNATURE",
    "hold",
    "A project is selected after its country signed",
    "採択は署名後に行われる",
    on_project,
    value="{fy_selected}",
    en="Selected in FY{fy_selected}, but {iso3} signed on {signed_from_on}.",
    ja="採択は{fy_selected}年度だが、{iso3}の署名は{signed_from_on}。",
)
def _selected_before_signature(record: Record) -> pl.DataFrame:
    return (
        record["project"]
        .filter(~pl.col("status").is_in(KEPT_ASIDE))
        .join(record.signatures, on="iso3")
        .filter(pl.col("signed_from_on") > _SELECTION_ENDED)
    )


@rule(
    "DAYS-REGISTRATION-SELECTION",
    "hold",
    f"A project is registered within {YEARS_TO_REGISTRATION} years after its selection",
    f"登録は採択後{YEARS_TO_REGISTRATION}年以内に行われる",
    on_project,
    value="{registered_on}",
    en="Registered on {registered_on}, selected in FY{fy_selected}.",
    ja="登録日は{registered_on}、採択は{fy_selected}年度。",
)
def _registered_and_selected(record: Record) -> pl.DataFrame:
    latest = _SELECTION_ENDED.dt.offset_by(f"{YEARS_TO_REGISTRATION}y")
    return record["project"].filter(
        (pl.col("registered_on") < _SELECTION_BEGAN) | (pl.col("registered_on") > latest)
    )


@rule(
    "DAYS-DECISION-REGISTRATION",
    "refuse",
    "Credits are decided after the project was registered",
    "発行決定は登録後に行われる",
    on_event,
    value="{project} {first}",
    en="Decided or issued by {first}, but {project} was registered on {registered_on}.",
    ja="発行決定又は発行は{first}までだが、{project}の登録日は{registered_on}。",
)
def _decided_before_registration(record: Record) -> pl.DataFrame:
    first = pl.coalesce("decided_last", pl.col("issued_on").dt.month_end())
    return record.parts.filter(first < pl.col("registered_on")).with_columns(first.alias("first"))


@rule(
    "DAYS-START-SELECTION",
    "hold",
    f"Operation starts from {YEARS_BEFORE_SELECTION} year before to {YEARS_AFTER_SELECTION} years after the selection",
    f"稼働開始は採択の{YEARS_BEFORE_SELECTION}年前から{YEARS_AFTER_SELECTION}年後までの間である",
    on_project,
    value="{operation_start_on}",
    en="In operation from {operation_start_on}, selected in FY{fy_selected}.",
    ja="稼働開始は{operation_start_on}、採択は{fy_selected}年度。",
)
def _start_far_from_selection(record: Record) -> pl.DataFrame:
    started = pl.col("operation_start_on")
    return record["project"].filter(
        (started < _SELECTION_BEGAN.dt.offset_by(f"-{YEARS_BEFORE_SELECTION}y"))
        | (started > _SELECTION_ENDED.dt.offset_by(f"{YEARS_AFTER_SELECTION}y"))
    )


@rule(
    "DAYS-START-PERIOD",
    "hold",
    "Operation starts by the first verified period",
    "稼働開始は最初のモニタリング期間の始期以前である",
    on_project,
    value="{operation_start_on}",
    en="In operation from {operation_start_on}, but its first verified period begins on {period_start_on}.",
    ja="稼働開始は{operation_start_on}だが、最初のモニタリング期間の始期は{period_start_on}。",
)
def _start_after_period(record: Record) -> pl.DataFrame:
    known = record["project"].filter(pl.col("operation_start_on").is_not_null()).select("project_id")
    first = (
        record.parts.join(known, left_on="project", right_on="project_id", how="semi")
        .group_by("project")
        .agg(pl.col("period_start_on").min())
    )
    rows = record["project"].join(first, left_on="project_id", right_on="project")
    return rows.filter(pl.col("operation_start_on") > pl.col("period_start_on"))


@rule(
    "DAYS-START-READING",
    "hold",
    "A start of operation is not in the future of its sources",
    "稼働開始日は出典の取得日以前である",
    on_project,
    value="{operation_start_on}",
    en="In operation from {operation_start_on}, which is after the last reading of the sources ({last}).",
    ja="稼働開始が{operation_start_on}で、出典の最後の取得日（{last}）より後。",
)
def _started_after_reading(record: Record) -> pl.DataFrame:
    last = pl.lit(record.last_reading, pl.Date)
    return record["project"].filter(pl.col("operation_start_on") > last).with_columns(last.alias("last"))


@rule(
    "DAYS-PERIOD-SIGNATURE",
    "refuse",
    "No reductions are verified for days before the mechanism began in the country",
    "モニタリング期間は当該国の署名後に始まる",
    on_event,
    value="{period_start_on}",
    en="The monitoring period begins on {period_start_on}, before {earliest} ({iso3} signed on {signed_from_on}).",
    ja="モニタリング期間の始期{period_start_on}が、{iso3}の署名（{signed_from_on}）より前。",
)
def _period_before_the_mechanism(record: Record) -> pl.DataFrame:
    signed = record.signatures
    begin = pl.lit(signed.get_column("signed_from_on").min(), pl.Date).dt.truncate("1y")
    return (
        record["issuance"]
        .filter(pl.col("period_start_on").is_not_null())
        .join(signed, on="iso3")
        .with_columns(pl.max_horizontal(begin, "signed_from_on").alias("earliest"))
        .filter(pl.coalesce("period_start_on", "period_end_on") < pl.col("earliest"))
    )


@rule(
    "DAYS-PERIOD-LENGTH",
    "hold",
    f"A monitoring period lasts from {SHORTEST_PERIOD_DAYS} days to {LONGEST_PERIOD} years",
    f"モニタリング期間は{SHORTEST_PERIOD_DAYS}日以上{LONGEST_PERIOD}年以下である",
    on_event,
    value="{period_start_on}/{period_end_on}",
    en="The monitoring period runs from {period_start_on} to {period_end_on}.",
    ja="モニタリング期間が{period_start_on}～{period_end_on}。",
)
def _odd_length_of_period(record: Record) -> pl.DataFrame:
    years = years_between("period_start_on", "period_end_on")
    return record["issuance"].filter((years > LONGEST_PERIOD) | (years < SHORTEST_PERIOD_DAYS / DAYS_A_YEAR))


@rule(
    "DAYS-DECISION-PERIOD",
    "hold",
    f"An issuance is decided within {YEARS_TO_DECISION} years after its period",
    f"発行決定はモニタリング期間の終期から{YEARS_TO_DECISION}年以内に行われる",
    on_event,
    value="{decided_on}",
    en="Decided on {decided_on} for a period that ended on {period_end_on}.",
    ja="{period_end_on}に終わるモニタリング期間について{decided_on}に決定。",
)
def _decided_long_after_period(record: Record) -> pl.DataFrame:
    late = pl.col("decided_on") > pl.col("period_end_on").dt.offset_by(f"{YEARS_TO_DECISION}y")
    return record["issuance"].filter(late)


@rule(
    "DAYS-ISSUE-DECISION",
    "hold",
    f"Japan issues within {DAYS_TO_ISSUE} days after the decision",
    f"日本における発行は発行決定から{DAYS_TO_ISSUE}日以内に行われる",
    on_event,
    value="{issued_on}",
    en="Issued on {issued_on}, {days} days after the decision of {decided_on}.",
    ja="発行日{issued_on}が、発行決定日{decided_on}の{days}日後。",
)
def _issued_long_after_decision(record: Record) -> pl.DataFrame:
    days = (pl.col("issued_on") - pl.col("decided_last")).dt.total_days()
    return record.events.filter(days > DAYS_TO_ISSUE).with_columns(days.alias("days"))


@rule(
    "DAYS-TRANSFER-DECISION",
    "refuse",
    "Credits are transferred or used after their issuance was decided",
    "移転及び使用は発行決定後に行われる",
    on_article6,
    value="{occurred_on}",
    en="The {action} of {occurred_on} is before the decision on {issuance_id} ({decided_on}).",
    ja="{action}（{occurred_on}）が、{issuance_id}の発行決定日（{decided_on}）より前。",
)
def _transferred_before_decision(record: Record) -> pl.DataFrame:
    decided = record["issuance"].select("issuance_id", "decided_on")
    return (
        record["article6_event"]
        .filter(pl.col("action") != "authorisation")
        .join(decided, on="issuance_id")
        .filter(pl.col("occurred_on") < pl.col("decided_on"))
    )


@rule(
    "DAYS-READING",
    "refuse",
    "Nothing is dated after the day its source was read",
    "日付は出典の取得日以前である",
    _on_dated_row,
    value="{last}",
    en="Dated {last}, but {subject} was read on {retrieved_on}.",
    ja="日付が{last}だが、出典{subject}の取得日は{retrieved_on}。",
)
def _dated_after_reading(record: Record) -> pl.DataFrame:
    read = record["source"].select(pl.col("source_id").alias("subject"), "retrieved_on")
    dates = {**{table: DATED_FACTS[table] for table in _READ_TABLES}, "target": ("known_on",)}
    return pl.concat(
        _dated(record, table, days, pl.col("source_id"))
        .join(read, on="subject")
        .filter(pl.col("last") > pl.col("retrieved_on"))
        for table, days in dates.items()
    )


def _dated(record: Record, table: str, days: tuple[str, ...], subject: pl.Expr) -> pl.DataFrame:
    """Rows of a table with `last`, the latest of their days."""
    return record[table].select(
        pl.lit(table).alias("table"),
        key_of(table).alias("key"),
        subject.alias("subject"),
        pl.max_horizontal(days).alias("last"),
    )


@rule(
    "DAYS-LIST",
    "hold",
    "No fact is newer than the date that its file states for its facts",
    "ファイルに記載された事実の時点より新しい事実はない",
    _on_dated_row,
    value="{last}",
    en="Dated {last}, but the file says that its facts are of {list_date}.",
    ja="日付が{last}だが、ファイルの事実の時点は{list_date}。",
)
def _newer_than_its_list(record: Record) -> Iterator[Row]:
    files = record.frames.get("source_file")
    if files is None:
        return
    dated = files.drop_nulls("facts_of_on").group_by("table_name").agg(pl.col("facts_of_on").max())
    for table, list_date in dated.iter_rows():
        if table in DATED_FACTS:
            rows = _dated(record, table, DATED_FACTS[table], key_of(table))
            for row in rows.filter(pl.col("last") > list_date).iter_rows(named=True):
                yield {**row, "list_date": list_date}


@rule(
    "DAYS-TODAY",
    "refuse",
    "A source was not read in the future",
    "取得日は本日以前である",
    lambda row: About("source", row["source_id"], row["source_id"]),
    value="{retrieved_on}",
    en="Read on {retrieved_on}, which is after today ({today}).",
    ja="取得日が{retrieved_on}で、本日（{today}）より後。",
)
def _read_after_today(record: Record) -> pl.DataFrame:
    today = pl.lit(record.judged_on, pl.Date)
    return record["source"].filter(pl.col("retrieved_on") > today).with_columns(today.alias("today"))
