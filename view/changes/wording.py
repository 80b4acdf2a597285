"""Fields and values of changes in words; the page, the Markdown and the feed say them alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.changes import Change, FieldChange, Timing
from model.editions import Difference
from model.timing import TIMINGS
from view.amounts import amount_short, as_reported, between, event_tonnes, tonnes, tonnes_between
from view.changes.sentences import timing_names
from view.projects.content import estimate_bases
from view.stated_words import stated, title_of
from view.target.statements import metric_names, unit_name
from view.texts import Texts

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Line:
    """A change as a line: its key, what it is about, what changed, where it says so, and the tonnes it moves.

    `own` is the date of what happened between the two days; empty for what did not.
    """

    kind: str
    timing: Timing
    own: str
    key: str
    subject: str
    country: str
    what: str
    source: str
    moved_tco2: int | None = None


def own_date(change: Change, t: Texts) -> str:
    """The own date of what happened between the two days, as exact as it is known; empty for what did not."""
    value = change.row[change.own] if change.own else None
    if value is None:
        return ""
    if change.own == "fy_selected":
        return t("selected in {year}", year=t.year(value))
    precision = change.row.get(f"{change.own.removesuffix('_on').removesuffix('_from')}_precision")
    return t.day_short(value) if precision in (None, "day") else t.partial_day(value, precision)


def line_of(change: Change, t: Texts, subject: str, what: str, *, country: str = "") -> Line:
    """The line of a change whose row names its source."""
    return Line(
        change.kind,
        change.timing,
        own_date(change, t),
        change.key,
        subject,
        country,
        what,
        change.row["url"] or "",
    )


def field_names(t: Texts) -> dict[str, str]:
    """Names of the fields that are compared."""
    return {
        "stage": t("Stage"),
        "annual_tco2": t("Annual estimate"),
        "annual_basis": t("Basis of the estimate"),
        "is_reported": t("Reported only, not confirmed"),
        "registered_on": t("Registered on"),
        "fy_selected": t("Fiscal year of selection"),
        "in_target_scope": t("Counted as a JCM project"),
        "title_en": t("Title, English"),
        "title_ja": t("Title, Japanese"),
        "iso3": t("Partner country"),
        "sector_number": t("Sector"),
        "technology": t("Technology"),
        "programme": t("Programme"),
        "funding": t("Funding"),
        "start_on": t("Start of operation"),
        "location": t("Place"),
        "methodology": t("Methodology"),
        "jp_participants": t("Japanese participants"),
        "partner_participants": t("Participants of the partner"),
        "amount": t("Amount"),
        "japan": t("Japanese side"),
        "japan_government_tco2": t("Japanese government"),
        "partner_tco2": t("Partner side"),
        "decided_on": t("Decided on"),
        "issued_on": t("Issued on"),
        "period_start_on": t("Start of the monitoring period"),
        "period_end_on": t("End of the monitoring period"),
        "project_ids": t("Projects"),
        "action": t("Action"),
        "occurred_on": t("Day"),
        "quantity_tco2": t("Amount"),
        "issuance_id": t("Event"),
        "stated_value": t("Stated"),
        "ours": t("In our records"),
        "low_tco2": t("Target, lower end"),
        "high_tco2": t("Target"),
        "standing": t("Standing"),
    }


def event_names(t: Texts) -> dict[str, str]:
    """What is done under Article 6, by the words of the record."""
    return {
        "authorisation": t("Authorised"),
        "first transfer": t("First transferred (ITMO)"),
        "acquisition": t("Acquired"),
        "use towards NDC": t("Used towards the NDC"),
        "use for other purposes": t("Used for other purposes"),
        "cancellation": t("Cancelled"),
    }


_Write = Callable[[Any, Texts], str]

_OF_FIELD: Mapping[str, _Write] = {
    "amount": lambda ends, t: event_tonnes(
        {"tco2_low": ends[0], "tco2_high": ends[1], "amount_basis": ends[2], "is_reported": False}, t
    ),
    "japan": lambda ends, t: tonnes_between(ends[0], ends[1], t),
    "ours": lambda ends, t: between(ends[0], ends[1], t, lambda value, into: into.number(value)),
    "annual_basis": lambda basis, t: estimate_bases(t)[basis],
    "fy_selected": lambda year, t: t.year(int(year)),
    "iso3": lambda code, t: t.country(code),
}


def value_words(field: str, value: Any, names: Names, t: Texts) -> str:  # noqa: ANN401 - a cell of a query
    """A value as the pages write it; what is not known says so."""
    named = names.get({"stage": "status", "sector_number": "sector"}.get(field, field))
    if value is None or value == "":
        words = t("not known")
    elif (write := _OF_FIELD.get(field)) is not None:
        words = write(value, t)
    elif isinstance(value, bool):
        words = t("applies") if value else t("does not apply")
    elif isinstance(value, date):
        words = t.day_short(value)
    elif field.endswith("_tco2"):
        words = tonnes(int(value), t)
    elif named is not None:
        words = named.get(str(value), str(value))
    else:
        words = t.number(value) if isinstance(value, int | float) else str(value)
    return words


def change_words(change: Change, names: Names, t: Texts) -> str:
    """What happened to a row: old → new of each field, those that did something else than the change apart."""
    labels, timings = field_names(t), timing_names(t)

    def words(fields: list[FieldChange]) -> str:
        return t("; ").join(
            t(
                "{field}: {old} → {new}",
                field=labels[f.field],
                old=value_words(f.field, f.old, names, t),
                new=value_words(f.field, f.new, names, t),
            )
            for f in fields
        )

    groups = {timing: [f for f in change.fields if f.timing == timing] for timing in TIMINGS}
    others = [
        t("[{timing}: {changes}]", timing=timings[timing], changes=words(fields))
        for timing, fields in groups.items()
        if fields and timing != change.timing
    ]
    return " ".join([words(groups[change.timing]), *others])


def project_lines(found: Difference, names: Names, t: Texts) -> list[Line]:
    """Projects added, removed and changed, with the tonnes that each moves by the first target's year."""
    lines, dormant = [], found.became_dormant
    for change in found.changes["projects"]:
        row = change.row
        stage = names["status"].get(row["stage"], row["stage"])
        if change.kind == "changed":
            what = change_words(change, names, t)
            if change.key in dormant:
                what = t("{change}. No longer counted: selected long ago and never listed", change=what)
        elif change.kind == "added":
            if row["annual_tco2"] is None:
                what = t("newly recorded: {stage}; no annual estimate published", stage=stage)
            else:
                estimate = tonnes(row["annual_tco2"], t)
                what = t(
                    "newly recorded: {stage}; annual estimate: {estimate}", stage=stage, estimate=estimate
                )
            what = as_reported(what, t) if row["is_reported"] else what
        else:
            what = t("no longer in the record")
        edition = found.old if change.kind == "removed" else found.new
        title = title_of(row, t)
        source = edition.sources.get(change.key, "")
        moved = found.moved.get(change.key)
        lines.append(
            Line(
                change.kind,
                change.timing,
                own_date(change, t),
                change.key,
                title,
                t.country(row["iso3"]),
                what,
                source,
                moved,
            )
        )
    return _in_order(lines)


def issuance_lines(found: Difference, names: Names, t: Texts) -> list[Line]:
    """Issuance decisions added, removed and changed."""
    lines = []
    for change in found.changes["issuances"]:
        row = change.row
        amount = t("amount not known") if row["tco2_low"] is None else event_tonnes(row, t)
        day = (
            t.day_short(row["decided_on"] or row["issued_on"])
            if row["decided_on"] or row["issued_on"]
            else "–"
        )
        what = {
            "added": t("newly recorded: {amount}, {day}", amount=amount, day=day),
            "removed": t("no longer in the record"),
        }.get(change.kind) or change_words(change, names, t)
        subject = row["project_ids"] or t("not named")
        lines.append(line_of(change, t, subject, what, country=t.country(row["iso3"])))
    return _in_order(lines)


def other_lines(found: Difference, names: Names, t: Texts) -> list[Line]:
    """Partner countries, Article 6 events, targets, statements and milestones."""
    lines = []
    metrics, actions = metric_names(t), event_names(t)
    removed = t("no longer in the record")
    for change in found.changes["partners"]:
        row = change.row
        precision = "month" if row["signed_precision"] == "month" else "day"
        signed = t("memorandum signed: {day}", day=t.partial_day(row["signed_to_on"], precision))
        what = removed if change.kind == "removed" else signed
        lines.append(line_of(change, t, t("New partner country"), what, country=t.country(row["iso3"])))
    for change in found.changes["events"]:
        row = change.row
        amount = t("amount not known") if row["quantity_tco2"] is None else tonnes(row["quantity_tco2"], t)
        amount = as_reported(amount, t) if row["is_reported"] else amount
        added = t("newly recorded: {amount}, {day}", amount=amount, day=t.day_short(row["occurred_on"]))
        what = {"added": added, "removed": removed}.get(change.kind) or change_words(change, names, t)
        subject = t("Article 6: {action}", action=actions.get(row["action"], row["action"]))
        lines.append(line_of(change, t, subject, what, country=t.country(row["iso3"])))
    for change in found.changes["targets"]:
        row = change.row
        amount = amount_short(row["high_tco2"], t)
        what = {"added": amount, "removed": removed}.get(change.kind) or change_words(change, names, t)
        subject = t("Target for {year}", year=t.year(row["fiscal_year"]))
        lines.append(line_of(change, t, subject, what))
    for change in found.changes["statements"]:
        row = change.row
        added = f"{t.number(row['stated_value'])}{t.gap}{unit_name(row['unit'], t)}"
        what = {"added": added, "removed": removed}.get(change.kind) or change_words(change, names, t)
        subject = t(
            "{statement}: {scope}",
            statement=metrics.get(row["metric"], row["metric"]),
            scope=stated(row["scope"], t),
        )
        lines.append(line_of(change, t, subject, what))
    for change in found.changes["milestones"]:
        row = change.row
        what = (
            removed
            if change.kind == "removed"
            else t.partial_day(row["milestone_on"], row["milestone_precision"])
        )
        subject = stated(t.pick(row["title_en"], row["title_ja"]), t)
        lines.append(line_of(change, t, subject, what))
    return _in_order(lines)


def _in_order(lines: list[Line]) -> list[Line]:
    """What happened first, then what could not be seen before, what was first seen, and our own reckoning."""
    return sorted(lines, key=lambda line: TIMINGS.index(line.timing))
