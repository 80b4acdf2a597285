"""Fields and values of changes in words; the page, the Markdown and the feed say them alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from model.changes import Change
from model.editions import Difference
from model.ladder import EXPECTED_RUNGS
from view.amounts import amount_short, as_reported, between, event_tonnes, tonnes, tonnes_between
from view.projects.content import estimate_bases
from view.stated_words import stated, title_of
from view.target.statements import metric_names, unit_name
from view.texts import Texts

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Line:
    """A change as a line: its key, what it is about, what happened, where it says so, and the tonnes it moves."""

    kind: str
    key: str
    subject: str
    country: str
    what: str
    source: str
    moved_tco2: int | None = None


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
    """What happened to a row: old → new of each field."""
    labels = field_names(t)
    return t("; ").join(
        t(
            "{field}: {old} → {new}",
            field=labels[f.field],
            old=value_words(f.field, f.old, names, t),
            new=value_words(f.field, f.new, names, t),
        )
        for f in change.fields
    )


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
        lines.append(Line(change.kind, change.key, title, t.country(row["iso3"]), what, source, moved))
    return lines


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
        lines.append(Line(change.kind, change.key, subject, t.country(row["iso3"]), what, row["url"] or ""))
    return lines


def other_lines(found: Difference, names: Names, t: Texts) -> list[Line]:
    """Article 6 events, targets, statements and milestones."""
    lines = []
    metrics, actions = metric_names(t), event_names(t)
    removed = t("no longer in the record")
    for change in found.changes["events"]:
        row = change.row
        amount = t("amount not known") if row["quantity_tco2"] is None else tonnes(row["quantity_tco2"], t)
        amount = as_reported(amount, t) if row["is_reported"] else amount
        added = t("newly recorded: {amount}, {day}", amount=amount, day=t.day_short(row["occurred_on"]))
        what = {"added": added, "removed": removed}.get(change.kind) or change_words(change, names, t)
        subject = t("Article 6: {action}", action=actions.get(row["action"], row["action"]))
        lines.append(Line(change.kind, change.key, subject, t.country(row["iso3"]), what, row["url"]))
    for change in found.changes["targets"]:
        row = change.row
        amount = amount_short(row["high_tco2"], t)
        what = {"added": amount, "removed": removed}.get(change.kind) or change_words(change, names, t)
        subject = t("Target for {year}", year=t.year(row["fiscal_year"]))
        lines.append(Line(change.kind, change.key, subject, "", what, row["url"]))
    for change in found.changes["statements"]:
        row = change.row
        added = f"{t.number(row['stated_value'])}{t.gap}{unit_name(row['unit'], t)}"
        what = {"added": added, "removed": removed}.get(change.kind) or change_words(change, names, t)
        subject = t(
            "{statement}: {scope}",
            statement=metrics.get(row["metric"], row["metric"]),
            scope=stated(row["scope"], t),
        )
        lines.append(Line(change.kind, change.key, subject, "", what, row["url"]))
    for change in found.changes["milestones"]:
        row = change.row
        what = (
            removed
            if change.kind == "removed"
            else t.partial_day(row["milestone_on"], row["milestone_precision"])
        )
        lines.append(
            Line(
                change.kind,
                change.key,
                stated(t.pick(row["title_en"], row["title_ja"]), t),
                "",
                what,
                row["url"],
            )
        )
    return lines


def edition_words(version: str, day: date, t: Texts) -> str:
    """An edition in words."""
    return t("{day} (version {version})", day=t.day(day), version=version)


def answer(found: Difference, t: Texts) -> str:
    """The difference in one sentence."""
    if found.is_empty:
        return t("Nothing differs between the two.")
    rungs = [e for e in found.near if e.code in EXPECTED_RUNGS]
    before = sum(e.before[0] for e in rungs if e.before)
    after = sum(e.after[0] for e in rungs if e.after)
    projects = {kind: len(found.of("projects", kind)) for kind in ("added", "removed", "changed")}
    values = {
        "year": found.new.years[0],
        "added": t.number(projects["added"]),
        "changed": t.number(projects["changed"]),
        "issuances": t.number(len(found.of("issuances", "added"))),
        "before": amount_short(before, t),
        "after": amount_short(after, t),
    }
    text = (
        t(
            "{added} projects newly recorded, {changed} changed, {removed} removed; {issuances} decisions on issuance"
            " newly recorded. Expected by FY{year}: {before} → {after}.",
            removed=t.number(projects["removed"]),
            **values,
        )
        if projects["removed"]
        else t(
            "{added} projects newly recorded, {changed} changed; {issuances} decisions on issuance newly recorded."
            " Expected by FY{year}: {before} → {after}.",
            **values,
        )
    )
    dormant = len(found.became_dormant)
    if not dormant:
        return text
    more = t.count(
        "{n} project is no longer counted: selected long ago and never listed.",
        "{n} projects are no longer counted: selected long ago and never listed.",
        dormant,
    )
    return f"{text}{t.gap}{more}"
