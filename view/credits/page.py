"""The sentences and tiles of the credits page."""

from collections.abc import Callable
from html import escape

from view.amounts import amount, amount_short, tonnes
from view.credits.allocation import allocation_rows, allocation_sentence, allocation_table
from view.credits.content import Credits
from view.credits.delays import (
    delays_coverage,
    delays_sentence,
    delays_table,
    delivery_rows,
    delivery_table,
)
from view.credits.events import events_rows, events_table, stated_rows, stated_table
from view.credits.vintages import vintages_rows, vintages_sentence, vintages_table
from view.credits.year_chart import year_chart, year_rows, year_sentence, year_title
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker

Link = Callable[..., str]


def answer_html(content: Credits, t: Texts) -> str:
    """The amounts decided and shared, beside the targets."""
    if not content.events:
        return escape(t("No decision on issuance is known in this selection."))
    parts, total = content.shares(), content.total_tco2
    if not content.amounts:
        return escape(
            t.count(
                "{n} decision on issuance is known, and its amount is not.",
                "{n} decisions on issuance are known, and none of their amounts.",
                len(content.events),
            )
        )
    values = {
        "total": amount(total, t),
        "known": t.number(len(content.amounts)),
        "n": t.number(len(content.events)),
        "japan": tonnes(parts["japan_least"], t),
    }
    if content.targets:
        year, target = content.targets[0]
        text = t(
            "[{total} decided for issuance] in {known} of {n} known decisions, {share} of the {target} target of"
            " FY{year}. At least {japan} of it on the Japanese side.",
            share=t.percent(total / target),
            target=amount_short(target, t),
            year=year,
            **values,
        )
    else:
        text = t(
            "[{total} decided for issuance] in {known} of {n} known decisions. At least {japan} of it on the Japanese"
            " side.",
            **values,
        )
    return escape(text, quote=False).replace("[", "<em>").replace("]", "</em>")


def under(content: Credits, t: Texts) -> str:
    """What is counted and as of when."""
    parts = [
        t(
            "Decided by a Joint Committee, then issued by each government; amounts that are not stated stay unknown"
        ),
        content.filters_text or t("all partner countries, public and private"),
        t("as of {day}", day=t.day(content.selection.as_of)),
    ]
    return " · ".join(parts)


def coverage(content: Credits, t: Texts) -> str:
    """Events with a known amount; goes with every figure of the page."""
    return t(
        "amount known of {n} of {all} issuance decisions",
        n=t.number(len(content.amounts)),
        all=t.number(len(content.events)),
    )


def tiles_of(content: Credits, link: Link, tile: TileMaker, t: Texts, theme: ThemeName) -> dict[str, Tile]:
    """Every tile of the page."""
    known = coverage(content, t)
    shared = allocation_sentence(content, t)
    country, year = t("Partner country"), t("Fiscal year of the decision")
    made = (
        tile(
            "credits_by_year",
            "issuance_by_year",
            known,
            title=year_title(content, t),
            sentence=year_sentence(content, t),
            figure=year_chart(content, t, theme),
            table=year_rows(content, t),
        ),
        tile(
            "vintages",
            "vintages",
            known,
            title=t("From decision to NDC, by when the reductions took place"),
            sentence=vintages_sentence(content, t),
            body=vintages_table(content, t),
            table=vintages_rows(content, t),
            notes=(
                t(
                    "Split at 1 January 2021, an assumption (VINTAGE-2021): no source states the rule; first transfers"
                    " under Article 6 appear from November 2025 only"
                ),
            ),
        ),
        tile(
            "allocation_country",
            "allocation",
            known,
            title=t("Issuance decided: who received it, by partner country"),
            sentence=shared,
            body=allocation_table(content, content.shared, country, t),
            table=allocation_rows(content, content.shared, country, t),
            notes=(t("The government's part alone is never taken for the Japanese side"),),
        ),
        tile(
            "allocation_year",
            "allocation",
            known,
            title=t("Issuance decided: who received it, by year of the decision"),
            sentence=shared,
            body=allocation_table(content, content.shared_by_year, year, t),
            table=allocation_rows(content, content.shared_by_year, year, t),
        ),
        tile(
            "issuance_delays",
            "issuances",
            delays_coverage(content, t),
            title=t("From the end of the period to decision to issuance, in years"),
            sentence=delays_sentence(content, t),
            body=delays_table(content, t) if content.events else " ",
            table=events_rows(content, t),
        ),
        tile(
            "delivery_country",
            "delivery_ratio",
            known,
            title=t("Delivery ratio: issuance decided ÷ expected for the same period"),
            sentence=t(
                "Only events whose amount, project, period and estimate are all known can be compared."
            ),
            body=delivery_table(content, t),
            table=delivery_rows(content, t),
        ),
        tile(
            "issuance_events",
            "issuances",
            known,
            title=t("Every issuance event: decided, issued and shared"),
            sentence=t.count(
                "{n} event, the latest first.", "{n} events, the latest first.", len(content.events)
            ),
            body=events_table(content, link, t) if content.events else " ",
            table=events_rows(content, t),
        ),
        tile(
            "stated_credits",
            "reconciliation",
            t("Each coverage stands in the table"),
            title=t("Credits issued: what was stated, what our records hold, what is missing"),
            sentence=t(
                "Differences are shown and never scaled away; the filters do not apply, the day does."
            ),
            body=stated_table(content, t),
            table=stated_rows(content, t),
        ),
    )
    return {one.key: one for one in made}
