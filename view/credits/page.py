"""The credits page: what was decided for issuance and issued, when, to whom, and how late."""

from collections.abc import Callable, Mapping
from typing import Any

from model.delivery import delivery_of
from model.fiscal_year import fiscal_year_of
from queries.runner import Answers, Questions, Row
from view.amounts import amount, amount_short, between
from view.coverage_words import amounts_known
from view.credits.allocation import (
    allocation_by_year_told,
    allocation_html,
    allocation_table,
    allocation_told,
)
from view.credits.content import Credits, reported_sentence
from view.credits.delays import (
    delays_coverage,
    delays_html,
    delays_told,
    delivery_by_country,
    delivery_events,
)
from view.credits.events import events_table, stated_table
from view.credits.official_years import (
    official_years_html,
    official_years_table,
    official_years_told,
)
from view.credits.vintages import vintage_rule, vintages_html, vintages_table, vintages_told
from view.credits.year_chart import year_chart, year_course, year_table, year_title, year_told
from view.marks.markup import Markup, emphasised, escape, titled
from view.marks.table import Table
from view.page import Page, PageContext
from view.sectors.delivery import delivery_message
from view.texts import Texts


def answer_html(content: Credits, t: Texts) -> Markup:
    """The amounts decided and shared, beside the targets."""
    if not content.events:
        return escape(t("No decision on issuance is known in this selection."))
    decided, issued, japan = (content.rung(rung) for rung in ("notified", "issued", "japan"))
    if decided["tco2_low"] is None:
        return escape(
            t.count(
                "{n} decision on issuance is known, and its amount is not.",
                "{n} decisions on issuance are known, and none of their amounts.",
                len(content.events),
            )
        )
    values = {
        "total": _amount(decided, t, amount),
        "known": t.number(content.known),
        "n": t.number(len(content.events)),
    }
    if content.targets:
        target, year = content.targets[0].high_tco2, content.first_year
        text = t(
            "[{total} decided for issuance] in {known} of {n} known decisions, {share} of the {target} target of"
            " FY{year}.",
            share=between(
                decided["tco2_low"] / target, decided["tco2_high"] / target, t, lambda x, _: t.percent(x)
            ),
            target=amount_short(target, t),
            year=year,
            **values,
        )
    else:
        text = t("[{total} decided for issuance] in {known} of {n} known decisions.", **values)
    if issued["tco2_low"] is not None:
        text += t.gap + t(
            "{issued} issued, of which {japan} to the Japanese side.",
            issued=_amount(issued, t, amount_short),
            japan=_amount(japan, t, amount_short),
        )
    return emphasised(text)


def _amount(row: Mapping[str, Any], t: Texts, write: Callable[[float, Texts], str]) -> str:
    low, high = row["tco2_low"], row["tco2_high"]
    return t("amount not known") if low is None else between(low, high, t, write)


def under(content: Credits, t: Texts) -> str:
    """What is counted and as of when."""
    parts = [
        t(
            "Decided by a Joint Committee, then issued by each government; amounts that are not stated stay unknown"
        ),
        reported_sentence(content, "notified", t).rstrip(".。"),
        content.filters_text or t("all partner countries, public and private"),
        t("as of {day}", day=t.day(content.selection.as_of)),
    ]
    return " · ".join(part for part in parts if part)


def coverage(content: Credits, t: Texts) -> str:
    """Events with a known amount, and how it is known; shown with every figure of the page."""
    ranges, in_part = content.of_basis("range"), content.of_basis("at least")
    text = amounts_known(content.known, len(content.events), t)
    return t(", ").join(
        [
            text,
            *([t("{n} of them as a range", n=t.number(ranges))] if ranges else []),
            *([t("{n} of them in part (at least)", n=t.number(in_part))] if in_part else []),
        ]
    )


def questions(context: PageContext) -> Questions:
    """What the page asks; choices are `counted`, what a year is the year of, and `by`, the parts of the chart."""
    filters = context.selection.filters()
    day: dict[str, object] = {"as_of": context.selection.as_of}
    return {
        "ladder": {**filters, "until_fiscal_year": fiscal_year_of(context.selection.as_of)},
        "issuance_by_year": {**filters, "counted": context.choice["counted"], "by": context.choice["by"]},
        "allocation": {**filters, "by": "country"},
        "allocation:years": {**filters, "by": "year"},
        "vintages": filters,
        "issuances": filters,
        "delivery_ratio": filters,
        "reconciliation": day,
        "official_years": day,
    }


def page_of(context: PageContext, answers: Answers) -> Page[Credits]:
    """Every tile of the page."""
    t, theme = context.t, context.theme
    content = Credits(context, answers)
    tile = context.tile_maker(answers)

    def by_country() -> Table[Row]:
        return allocation_table(content, content.shared, t("Partner country"), t)

    def by_year() -> Table[Row]:
        return allocation_table(content, content.shared_by_year, t("Fiscal year of the decision"), t)

    tiles = {
        "credits_by_year": lambda: tile(
            "issuance_by_year",
            coverage(content, t),
            title=year_title(content, t),
            told=year_told(content, t),
            figure=year_chart(content, t, theme),
            course=year_course(content, t),
            height=400,
            table=year_table(content, t),
        ),
        "vintages": lambda: tile(
            "vintages",
            coverage(content, t),
            title=t("From decision to NDC, by when the reductions took place"),
            told=vintages_told(content, t),
            body=vintages_html(content, t),
            table=vintages_table(content, t),
            notes=(vintage_rule(t),),
        ),
        "official_years": lambda: tile(
            "official_years",
            t(
                "all JCM, the filters do not apply; each event in the year of its issue, or of its decision where the issue is not dated"
            ),
            title=t("Credits issued by calendar year: stated, itemised in our records, and open"),
            told=official_years_told(content, t),
            body=official_years_html(content, t) if content.official_years else " ",
            table=official_years_table(content, t),
        ),
        "allocation_country": lambda: tile(
            "allocation",
            coverage(content, t),
            title=t("Issuance decided: how it is shared, by partner country"),
            told=allocation_told(content, t),
            body=allocation_html(by_country(), t),
            table=by_country(),
            notes=(t("The government's part alone is never taken for the Japanese side"),),
        ),
        "allocation_year": lambda: tile(
            "allocation",
            coverage(content, t),
            title=t("Issuance decided: how it is shared, by year of the decision"),
            told=allocation_by_year_told(content, t),
            body=allocation_html(by_year(), t),
            table=by_year(),
        ),
        "issuance_delays": lambda: tile(
            "issuances",
            delays_coverage(content, t),
            title=t("From the end of the period to decision to issuance, in years"),
            told=delays_told(content, t),
            body=delays_html(content, t) if content.events else " ",
            table=events_table(content, context.link, t),
        ),
        "delivery_country": lambda: tile(
            "delivery_ratio",
            coverage(content, t),
            title=t("Delivery ratio: issuance decided ÷ expected for the same period"),
            told=(
                delivery_message(delivery_of(content.deliveries), t),
                t("Only events whose amount, project, period and estimate are all known can be compared."),
            ),
            body=delivery_by_country(content, t).html(),
            table=delivery_events(content, t),
        ),
        "issuance_events": lambda: tile(
            "issuances",
            coverage(content, t),
            title=t("Every issuance event: decided, issued and shared"),
            sentence=t.count(
                "{n} event, the latest first.", "{n} events, the latest first.", len(content.events)
            ),
            table=events_table(content, context.link, t),
        ),
        "stated_credits": lambda: tile(
            "reconciliation",
            t("Each coverage stands in the table"),
            title=t("Credits issued: what was stated, what our records hold, what is missing"),
            sentence=t(
                "Issued is compared with issued, never with what is only decided. Differences are shown and never scaled away;"
                " the filters do not apply, the day does."
            ),
            table=stated_table(content, t),
        ),
    }
    return Page(content, lambda: titled(answer_html(content, t), under(content, t)), tiles)
