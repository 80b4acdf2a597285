"""Order of days: signature, selection, registration, operation, period, decision, issue, reading."""

from collections.abc import Iterator, Mapping

import polars as pl

from etl.plausibility.record import KEPT_ASIDE, Record, key_of, years_between
from etl.plausibility.rule import Doubt, Rule, of_event, of_project
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
"""Tables whose days the contracts do not hold against the reading of their source."""


def _selection_began() -> pl.Expr:
    return pl.date(pl.col("fy_selected"), 4, 1)


def _selection_ended() -> pl.Expr:
    return pl.date(pl.col("fy_selected") + 1, 3, 31)


def _selected_before_signature(record: Record) -> Iterator[Doubt]:
    signed = record["partner_country"].select("iso3", "signed_from_on")
    rows = (
        record["project"]
        .filter(~pl.col("status").is_in(KEPT_ASIDE))
        .join(signed, on="iso3")
        .filter(_selection_ended() < pl.col("signed_from_on"))
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["fy_selected"],
            f"Selected in FY{r['fy_selected']}, but {r['iso3']} signed on {r['signed_from_on']}.",
            f"採択は{r['fy_selected']}年度だが、{r['iso3']}の署名は{r['signed_from_on']}。",
        )


def _registered_and_selected(record: Record) -> Iterator[Doubt]:
    latest = _selection_ended().dt.offset_by(f"{YEARS_TO_REGISTRATION}y")
    rows = record["project"].filter(
        (pl.col("registered_on") < _selection_began()) | (pl.col("registered_on") > latest)
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["registered_on"],
            f"Registered on {r['registered_on']}, selected in FY{r['fy_selected']}.",
            f"登録日は{r['registered_on']}、採択は{r['fy_selected']}年度。",
        )


def _decided_before_registration(record: Record) -> Iterator[Doubt]:
    first = pl.coalesce("decided_last", pl.col("issued_on").dt.month_end())
    rows = record.parts.filter(first < pl.col("registered_on")).with_columns(first.alias("first"))
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            f"{r['project']} {r['first']}",
            f"Decided or issued by {r['first']}, but {r['project']} was registered on {r['registered_on']}.",
            f"発行決定又は発行は{r['first']}までだが、{r['project']}の登録日は{r['registered_on']}。",
        )


def _start_far_from_selection(record: Record) -> Iterator[Doubt]:
    started = pl.col("operation_start_on")
    rows = record["project"].filter(
        (started < _selection_began().dt.offset_by(f"-{YEARS_BEFORE_SELECTION}y"))
        | (started > _selection_ended().dt.offset_by(f"{YEARS_AFTER_SELECTION}y"))
    )
    for r in rows.iter_rows(named=True):
        yield of_project(
            r,
            r["operation_start_on"],
            f"In operation from {r['operation_start_on']}, selected in FY{r['fy_selected']}.",
            f"稼働開始は{r['operation_start_on']}、採択は{r['fy_selected']}年度。",
        )


def _start_after_period(record: Record) -> Iterator[Doubt]:
    known = record["project"].filter(pl.col("operation_start_on").is_not_null()).select("project_id")
    first = (
        record.parts.join(known, left_on="project", right_on="project_id", how="semi")
        .group_by("project")
        .agg(pl.col("period_start_on").min())
    )
    rows = record["project"].join(first, left_on="project_id", right_on="project")
    for r in rows.filter(pl.col("operation_start_on") > pl.col("period_start_on")).iter_rows(named=True):
        yield of_project(
            r,
            r["operation_start_on"],
            f"In operation from {r['operation_start_on']}, but its first verified period begins on {r['period_start_on']}.",
            f"稼働開始は{r['operation_start_on']}だが、最初のモニタリング期間の始期は{r['period_start_on']}。",
        )


def _started_after_reading(record: Record) -> Iterator[Doubt]:
    last = record.last_reading
    for r in record["project"].filter(pl.col("operation_start_on") > last).iter_rows(named=True):
        yield of_project(
            r,
            r["operation_start_on"],
            f"In operation from {r['operation_start_on']}, which is after the last reading of the sources ({last}).",
            f"稼働開始が{r['operation_start_on']}で、出典の最後の取得日（{last}）より後。",
        )


def _period_before_the_mechanism(record: Record) -> Iterator[Doubt]:
    signed = record["partner_country"].select("iso3", "signed_from_on")
    begin = pl.lit(signed.get_column("signed_from_on").min(), pl.Date).dt.truncate("1y")
    rows = (
        record["issuance"]
        .filter(pl.col("period_start_on").is_not_null())
        .join(signed, on="iso3")
        .with_columns(pl.max_horizontal(begin, "signed_from_on").alias("earliest"))
        .filter(pl.coalesce("period_start_on", "period_end_on") < pl.col("earliest"))
    )
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            str(r["period_start_on"]),
            f"The monitoring period begins on {r['period_start_on']}, before {r['earliest']} ({r['iso3']} signed on"
            f" {r['signed_from_on']}).",
            f"モニタリング期間の始期{r['period_start_on']}が、{r['iso3']}の署名（{r['signed_from_on']}）より前。",
        )


def _odd_length_of_period(record: Record) -> Iterator[Doubt]:
    years = years_between("period_start_on", "period_end_on")
    rows = record["issuance"].filter((years > LONGEST_PERIOD) | (years < SHORTEST_PERIOD_DAYS / DAYS_A_YEAR))
    for r in rows.iter_rows(named=True):
        yield of_event(
            r,
            f"{r['period_start_on']}/{r['period_end_on']}",
            f"The monitoring period runs from {r['period_start_on']} to {r['period_end_on']}.",
            f"モニタリング期間が{r['period_start_on']}～{r['period_end_on']}。",
        )


def _decided_long_after_period(record: Record) -> Iterator[Doubt]:
    late = pl.col("decided_on") > pl.col("period_end_on").dt.offset_by(f"{YEARS_TO_DECISION}y")
    for r in record["issuance"].filter(late).iter_rows(named=True):
        yield of_event(
            r,
            str(r["decided_on"]),
            f"Decided on {r['decided_on']} for a period that ended on {r['period_end_on']}.",
            f"{r['period_end_on']}に終わるモニタリング期間について{r['decided_on']}に決定。",
        )


def _issued_long_after_decision(record: Record) -> Iterator[Doubt]:
    late = (pl.col("issued_on") - pl.col("decided_last")).dt.total_days() > DAYS_TO_ISSUE
    for r in record.events.filter(late).iter_rows(named=True):
        days = (r["issued_on"] - r["decided_last"]).days
        yield of_event(
            r,
            str(r["issued_on"]),
            f"Issued on {r['issued_on']}, {days} days after the decision of {r['decided_on']}.",
            f"発行日{r['issued_on']}が、発行決定日{r['decided_on']}の{days}日後。",
        )


def _transferred_before_decision(record: Record) -> Iterator[Doubt]:
    decided = record["issuance"].select("issuance_id", "decided_on")
    rows = (
        record["article6_event"]
        .filter(pl.col("action") != "authorisation")
        .join(decided, on="issuance_id")
        .filter(pl.col("occurred_on") < pl.col("decided_on"))
    )
    for r in rows.iter_rows(named=True):
        yield Doubt(
            "article6_event",
            r["article6_event_id"],
            r["article6_event_id"],
            str(r["occurred_on"]),
            f"The {r['action']} of {r['occurred_on']} is before the decision on {r['issuance_id']} ({r['decided_on']}).",
            f"{r['action']}（{r['occurred_on']}）が、{r['issuance_id']}の発行決定日（{r['decided_on']}）より前。",
            r["quantity_tco2"],
        )


def _dated_after_reading(record: Record) -> Iterator[Doubt]:
    read = record["source"].select("source_id", "retrieved_on")
    for table, days in {**{t: DATED_FACTS[t] for t in _READ_TABLES}, "target": ("known_on",)}.items():
        last = pl.max_horizontal(days)
        rows = (
            record[table]
            .join(read, on="source_id")
            .with_columns(last.alias("last"), key_of(table).alias("key"))
        )
        for r in rows.filter(pl.col("last") > pl.col("retrieved_on")).iter_rows(named=True):
            yield Doubt(
                table,
                r["key"],
                r["source_id"],
                str(r["last"]),
                f"Dated {r['last']}, but {r['source_id']} was read on {r['retrieved_on']}.",
                f"日付が{r['last']}だが、出典{r['source_id']}の取得日は{r['retrieved_on']}。",
            )


def _newer_than_its_list(record: Record) -> Iterator[Doubt]:
    files = record.frames.get("source_file")
    if files is None:
        return
    dated = files.drop_nulls("facts_of_on").group_by("table_name").agg(pl.col("facts_of_on").max())
    for table, list_date in dated.iter_rows():
        if table not in DATED_FACTS:
            continue
        rows = record[table].with_columns(
            pl.max_horizontal(DATED_FACTS[table]).alias("last"), key_of(table).alias("key")
        )
        for r in rows.filter(pl.col("last") > list_date).iter_rows(named=True):
            yield Doubt(
                table,
                r["key"],
                r["key"],
                str(r["last"]),
                f"Dated {r['last']}, but the file says that its facts are of {list_date}.",
                f"日付が{r['last']}だが、ファイルの事実の時点は{list_date}。",
            )


def _read_after_today(record: Record) -> Iterator[Doubt]:
    if record.judged_on is None:
        return
    for r in record["source"].filter(pl.col("retrieved_on") > record.judged_on).iter_rows(named=True):
        yield Doubt(
            "source",
            r["source_id"],
            r["source_id"],
            str(r["retrieved_on"]),
            f"Read on {r['retrieved_on']}, which is after today ({record.judged_on}).",
            f"取得日が{r['retrieved_on']}で、本日（{record.judged_on}）より後。",
        )


FAMILY = "order of days"
RULES = (
    Rule(
        "DAYS-SELECTION-SIGNATURE",
        "hold",
        FAMILY,
        "A project is selected after its country signed",
        "採択は署名後に行われる",
        _selected_before_signature,
    ),
    Rule(
        "DAYS-REGISTRATION-SELECTION",
        "hold",
        FAMILY,
        f"A project is registered within {YEARS_TO_REGISTRATION} years after its selection",
        f"登録は採択後{YEARS_TO_REGISTRATION}年以内に行われる",
        _registered_and_selected,
    ),
    Rule(
        "DAYS-DECISION-REGISTRATION",
        "refuse",
        FAMILY,
        "Credits are decided after the project was registered",
        "発行決定は登録後に行われる",
        _decided_before_registration,
    ),
    Rule(
        "DAYS-START-SELECTION",
        "hold",
        FAMILY,
        f"Operation starts from {YEARS_BEFORE_SELECTION} year before to {YEARS_AFTER_SELECTION} years after the selection",
        f"稼働開始は採択の{YEARS_BEFORE_SELECTION}年前から{YEARS_AFTER_SELECTION}年後までの間である",
        _start_far_from_selection,
    ),
    Rule(
        "DAYS-START-PERIOD",
        "hold",
        FAMILY,
        "Operation starts by the first verified period",
        "稼働開始は最初のモニタリング期間の始期以前である",
        _start_after_period,
    ),
    Rule(
        "DAYS-START-READING",
        "hold",
        FAMILY,
        "A start of operation is not in the future of its sources",
        "稼働開始日は出典の取得日以前である",
        _started_after_reading,
    ),
    Rule(
        "DAYS-PERIOD-SIGNATURE",
        "refuse",
        FAMILY,
        "No reductions are verified for days before the mechanism began in the country",
        "モニタリング期間は当該国の署名後に始まる",
        _period_before_the_mechanism,
    ),
    Rule(
        "DAYS-PERIOD-LENGTH",
        "hold",
        FAMILY,
        f"A monitoring period lasts from {SHORTEST_PERIOD_DAYS} days to {LONGEST_PERIOD} years",
        f"モニタリング期間は{SHORTEST_PERIOD_DAYS}日以上{LONGEST_PERIOD}年以下である",
        _odd_length_of_period,
    ),
    Rule(
        "DAYS-DECISION-PERIOD",
        "hold",
        FAMILY,
        f"An issuance is decided within {YEARS_TO_DECISION} years after its period",
        f"発行決定はモニタリング期間の終期から{YEARS_TO_DECISION}年以内に行われる",
        _decided_long_after_period,
    ),
    Rule(
        "DAYS-ISSUE-DECISION",
        "hold",
        FAMILY,
        f"Japan issues within {DAYS_TO_ISSUE} days after the decision",
        f"日本における発行は発行決定から{DAYS_TO_ISSUE}日以内に行われる",
        _issued_long_after_decision,
    ),
    Rule(
        "DAYS-TRANSFER-DECISION",
        "refuse",
        FAMILY,
        "Credits are transferred or used after their issuance was decided",
        "移転及び使用は発行決定後に行われる",
        _transferred_before_decision,
    ),
    Rule(
        "DAYS-READING",
        "refuse",
        FAMILY,
        "Nothing is dated after the day its source was read",
        "日付は出典の取得日以前である",
        _dated_after_reading,
    ),
    Rule(
        "DAYS-LIST",
        "hold",
        FAMILY,
        "No fact is newer than the date that its file states for its facts",
        "ファイルに記載された事実の時点より新しい事実はない",
        _newer_than_its_list,
    ),
    Rule(
        "DAYS-TODAY",
        "refuse",
        FAMILY,
        "A source was not read in the future",
        "取得日は本日以前である",
        _read_after_today,
    ),
)
