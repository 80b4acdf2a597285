"""The sentences and tiles of the credits page."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from view.amounts import amount, amount_short, between
from view.credits.allocation import allocation_html, allocation_sentence, allocation_table
from view.credits.content import Credits, reported_sentence
from view.credits.delays import (
    delays_coverage,
    delays_html,
    delays_sentence,
    delivery_by_country,
    delivery_events,
)
from view.credits.events import events_table, stated_table
from view.credits.official_years import (
    official_years_html,
    official_years_sentence,
    official_years_table,
)
from view.credits.vintages import vintage_rule, vintages_html, vintages_sentence, vintages_table
from view.credits.year_chart import year_chart, year_sentence, year_table, year_title
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker

Link = Callable[..., str]


def answer_html(content: Credits, t: Texts) -> str:
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
        year, target = content.targets[0]
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
            "{issued} issued, {japan} of it to the Japanese side.",
            issued=_amount(issued, t, amount_short),
            japan=_amount(japan, t, amount_short),
        )
    return escape(text, quote=False).replace("[", "<em>").replace("]", "</em>")


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
    """Events with a known amount, and how it is known; goes with every figure of the page."""
    ranges, in_part = content.of_basis("range"), content.of_basis("at least")
    text = t(
        "amount known of {n} of {all} issuance decisions",
        n=t.number(content.known),
        all=t.number(len(content.events)),
    )
    return t(", ").join(
        [
            text,
            *([t("{n} of them as a range", n=t.number(ranges))] if ranges else []),
            *([t("{n} of them in part (at least)", n=t.number(in_part))] if in_part else []),
        ]
    )


def tiles_of(content: Credits, link: Link, tile: TileMaker, t: Texts, theme: ThemeName) -> dict[str, Tile]:
    """Every tile of the page."""
    known = coverage(content, t)
    shared = allocation_sentence(content, t)
    by_country = allocation_table(content, content.shared, t("Partner country"), t)
    by_year = allocation_table(content, content.shared_by_year, t("Fiscal year of the decision"), t)
    made = (
        tile(
            "credits_by_year",
            "issuance_by_year",
            known,
            title=year_title(content, t),
            sentence=year_sentence(content, t),
            figure=year_chart(content, t, theme),
            table=year_table(content, t),
        ),
        tile(
            "vintages",
            "vintages",
            known,
            title=t("From decision to NDC, by when the reductions took place"),
            sentence=vintages_sentence(content, t),
            body=str(vintages_html(content, t)),
            table=vintages_table(content, t),
            notes=(vintage_rule(t),),
        ),
        tile(
            "official_years",
            "official_years",
            t(
                "all JCM, the filters do not apply; each event in the year of its issue, or of its decision where the issue is not dated"
            ),
            title=t("Credits issued by calendar year: stated, itemised in our records, and open"),
            sentence=official_years_sentence(content, t),
            body=str(official_years_html(content, t)) if content.official_years else " ",
            table=official_years_table(content, t),
        ),
        tile(
            "allocation_country",
            "allocation",
            known,
            title=t("Issuance decided: how it is shared, by partner country"),
            sentence=shared,
            body=str(allocation_html(by_country, t)),
            table=by_country,
            notes=(t("The government's part alone is never taken for the Japanese side"),),
        ),
        tile(
            "allocation_year",
            "allocation",
            known,
            title=t("Issuance decided: how it is shared, by year of the decision"),
            sentence=shared,
            body=str(allocation_html(by_year, t)),
            table=by_year,
        ),
        tile(
            "issuance_delays",
            "issuances",
            delays_coverage(content, t),
            title=t("From the end of the period to decision to issuance, in years"),
            sentence=delays_sentence(content, t),
            body=str(delays_html(content, t)) if content.events else " ",
            table=events_table(content, link, t),
        ),
        tile(
            "delivery_country",
            "delivery_ratio",
            known,
            title=t("Delivery ratio: issuance decided ÷ expected for the same period"),
            sentence=t(
                "Only events whose amount, project, period and estimate are all known can be compared."
            ),
            body=str(delivery_by_country(content, t).html()),
            table=delivery_events(content, t),
        ),
        tile(
            "issuance_events",
            "issuances",
            known,
            title=t("Every issuance event: decided, issued and shared"),
            sentence=t.count(
                "{n} event, the latest first.", "{n} events, the latest first.", len(content.events)
            ),
            table=events_table(content, link, t),
        ),
        tile(
            "stated_credits",
            "reconciliation",
            t("Each coverage stands in the table"),
            title=t("Credits issued: what was stated, what our records hold, what is missing"),
            sentence=t(
                "Issued is compared with issued, never with what is only decided. Differences are shown and never scaled away;"
                " the filters do not apply, the day does."
            ),
            table=stated_table(content, t),
        ),
    )
    return {one.key: one for one in made}
