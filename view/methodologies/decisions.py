"""Decisions of Joint Committees by date, and the days of each step beside the times that rules set."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from model.steps import StepTime, step_times
from view.amounts import as_reported, tonnes_between
from view.marks.markup import NOTHING, joined
from view.marks.table import DASH, ONE_LINE, Column, Markup, Table, linked, small, source_link
from view.page import Rows
from view.target.statements import reliability_names
from view.texts import Texts, Told

Link = Callable[..., str]
Row = Mapping[str, Any]


def decisions_table(rows: Rows, link: Link, t: Texts) -> Table[Row]:
    """One row a day and country, the latest first."""

    def amount(row: Row) -> str:
        if row["tco2_low"] is None:
            return t("amount not known")
        text = tonnes_between(row["tco2_low"], row["tco2_high"], t)
        open_ones = row["issuances_without_amount"]
        return text + t(", amount of {n} more not known", n=t.number(open_ones)) if open_ones else text

    def issued(row: Row) -> str:
        words = t.count(
            "{n} issuance: {amount}", "{n} issuances: {amount}", row["issuances"], amount=amount(row)
        )
        return as_reported(words, t) if row["is_reported"] else words

    def decided(row: Row) -> Markup:
        parts = NOTHING
        if row["registrations"]:
            parts += _part(
                t.count("{n} project registered", "{n} projects registered", row["registrations"]),
                (linked(link("project", project=key), key) for key in row["project_ids"].split(";")),
            )
        if row["issuances"]:
            parts += _part(issued(row), row["issuance_ids"].split(";"))
        if row["methodologies"]:
            parts += _part(
                t.count("{n} methodology approved", "{n} methodologies approved", row["methodologies"]),
                (
                    linked(link("methodologies", methodology=code), code)
                    for code in row["methodology_codes"].split(";")
                ),
            )
        return parts

    return Table(
        (
            Column(
                "decided_on",
                t("Day of decision"),
                "day",
                cell=lambda r: (
                    t.day_short(r["decided_on"])
                    if r["decided_precision"] == "day"
                    else t.partial_day(r["decided_on"], r["decided_precision"])
                ),
                css=ONE_LINE,
                is_head=True,
            ),
            Column(
                "decided_precision",
                t("Precision of the date"),
                value=lambda r: precision_names(t)[r["decided_precision"]],
                cell=None,
            ),
            Column(
                "iso3",
                t("Partner country"),
                value=lambda r: t.country(r["iso3"]),
                cell=lambda r: linked(link("country", iso3=r["iso3"]), t.country(r["iso3"])),
            ),
            Column("decisions", t("Decisions"), value=None, cell=decided),
            Column("registrations", t("Projects registered"), "number", cell=None),
            Column("project_ids", t("Projects"), cell=None),
            Column("issuances", t("Issuance decisions"), "number", cell=None),
            Column("issuance_ids", t("Events"), cell=None),
            Column("tco2_low", t("Issuance decided, low end (tCO2)"), "tonnes", cell=None),
            Column("tco2_high", t("Issuance decided, high end (tCO2)"), "tonnes", cell=None),
            Column("issuances_without_amount", t("Of these, without any amount"), "number", cell=None),
            Column("methodologies", t("Methodologies approved"), "number", cell=None),
            Column("methodology_codes", t("Methodologies"), cell=None),
            Column("is_reported", t("Rests on reports alone"), cell=None),
        ),
        rows,
        t,
        is_long=True,
    )


def _part(words: str, subjects: Iterable[str]) -> Markup:
    return Markup("<div>{}{}</div>").format(words, small(joined(subjects, ", ")))


def precision_names(t: Texts) -> dict[str, str]:
    """How exactly a day is known."""
    return {"day": t("day"), "month": t("month"), "year": t("year")}


def decisions_told(rows: Rows, t: Texts) -> Told:
    """How many decisions of each kind, and of which kind none is known."""
    if not rows:
        return "", t("No decision of this selection is known.")
    registered, issued, approved = (
        sum(row[key] for row in rows) for key in ("registrations", "issuances", "methodologies")
    )
    message = t(
        "{registered} registrations and {issued} decisions on issuance on {days} days of decision",
        registered=t.number(registered),
        issued=t.number(issued),
        days=t.number(len(rows)),
    )
    more = (
        t("{n} approvals of methodologies are among them.", n=t.number(approved))
        if approved
        else t("No day of approval of a methodology is known yet.")
    )
    return message, t.gap.join((t("Several of one day and country stand together."), more))


def step_names(t: Texts) -> dict[str, str]:
    """Names of the steps, in their order."""
    return {
        "methodology_completeness": t("Proposed methodology: check of completeness"),
        "methodology_public_input": t("Proposed methodology: public input"),
        "methodology_decision": t("Proposed methodology: consideration by the Joint Committee"),
        "selection_to_registration": t("From selection to registration"),
        "listing_to_registration": t("From first seen on the list to registration"),
        "registration_to_decision": t("From registration to the first decision on issuance"),
        "period_to_decision": t("From the end of the monitoring period to the decision"),
        "decision_to_issuance": t("From the decision to the issuance in Japan"),
        "issuance_to_transfer": t("From the issuance to the first transfer"),
    }


def steps_of(days: Rows, rules: Rows, t: Texts) -> list[StepTime]:
    """Every step with its days and its rule."""
    return step_times(list(step_names(t)), days, rules)


def steps_table(steps: Sequence[StepTime], t: Texts) -> Table[StepTime]:
    """One row a step: what the rule sets, how long it took."""
    names = step_names(t)

    def rule(step: StepTime) -> Markup | str:
        if step.rule is None:
            return t("none known")
        words = t.pick(step.rule["wording_en"], step.rule["wording_ja"])
        source = source_link(step.rule["url"], reliability_names(t)[step.rule["reliability"]])
        return Markup("{}{}").format(words, small(source))

    def spread(step: StepTime) -> str:
        if step.median is None:
            return DASH
        if step.shortest == step.longest:
            return t.number(step.median)
        return t("{low} to {high}", low=t.number(step.shortest or 0), high=t.number(step.longest or 0))

    def within(step: StepTime) -> str:
        if step.within is None:
            return DASH
        return t("{n} of {all}", n=t.number(step.within), all=t.number(step.count))

    return Table(
        (
            Column("step", t("Step"), value=lambda s: names[s.step], is_head=True),
            Column(
                "rule",
                t("Published rule"),
                value=lambda s: t.pick(s.rule["wording_en"], s.rule["wording_ja"]) if s.rule else None,
                cell=rule,
            ),
            Column(
                "usual_days",
                t("Days of the rule"),
                "number",
                value=lambda s: s.rule["usual_days"] if s.rule else None,
                cell=None,
            ),
            Column(
                "most_days",
                t("Days of the rule, at most"),
                "number",
                value=lambda s: s.rule["most_days"] if s.rule else None,
                cell=None,
            ),
            Column(
                "count",
                t("Known cases"),
                "number",
                value=lambda s: s.count,
                cell=lambda s: t.number(s.count) if s.count else t("none known"),
            ),
            Column("median", t("Median, days"), "number", value=lambda s: s.median),
            Column("shortest", t("Shortest, days"), "number", value=lambda s: s.shortest, cell=None),
            Column("longest", t("Longest, days"), "number", value=lambda s: s.longest, cell=None),
            Column("spread", t("Range, days"), value=None, cell=spread, is_figure=True, css=ONE_LINE),
            Column("within", t("Within the rule"), "number", value=lambda s: s.within, cell=within),
            Column(
                "url",
                t("Source of the rule"),
                "source",
                value=lambda s: s.rule["url"] if s.rule else None,
                cell=None,
            ),
        ),
        steps,
        t,
        row_css=lambda s: "jcm-kept" if s.is_few else "",
    )


def steps_sentence(steps: Sequence[StepTime], t: Texts) -> str:
    """Which steps have a rule, and how many of them can be set against it."""
    ruled = [step for step in steps if step.rule]
    compared = [step for step in ruled if step.count]
    words = t.count(
        "A published time is known for {n} step.",
        "A published time is known for {n} steps.",
        len(ruled),
    )
    if not compared:
        return words + t.gap + t("None of them can be compared yet: the record has no days of methodologies.")
    told = [
        t(
            "{step}: {n} of {all} within the rule",
            step=step_names(t)[step.step],
            n=t.number(step.within or 0),
            all=t.number(step.count),
        )
        for step in compared
    ]
    return words + t.gap + t.listing(told) + t(".")
