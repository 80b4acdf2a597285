"""Tables of what became of past selections, and of what the outlook would have said on past days."""

from collections.abc import Callable, Sequence

from model.outlook.back_test import KINDS, OFFICIAL, REGISTERED, Trial, coverage
from model.outlook.realisation import Cohort, Realisation
from view.amounts import amount_short
from view.marks.table import Column, Table
from view.texts import Texts, Told

YEARS_SHOWN = 10


def cohorts_table(found: Realisation, t: Texts) -> Table[Cohort]:
    """Projects by fiscal year of selection, and how many of them had come how far."""

    def number(key: str, label: str) -> Column[Cohort]:
        return Column(
            key,
            label,
            "number",
            value=lambda one: getattr(one, key),
            cell=lambda one: t.number(getattr(one, key)) if getattr(one, key) else "",
        )

    return Table(
        (
            Column(
                "fiscal_year",
                t("Fiscal year of selection"),
                value=lambda one: t("not known") if one.fiscal_year is None else t.year(one.fiscal_year),
                is_head=True,
            ),
            number("selected", t("Projects known")),
            number("listed", t("of these listed")),
            number("registered", t("registered")),
            number("issued", t("with an issuance decision")),
            number("withdrawn", t("withdrawn")),
            number("dormant", t("lapsed without being listed")),
        ),
        [one for one in found.cohorts if one.selected],
        t,
    )


def curve_table(found: Realisation, t: Texts) -> Table[int]:
    """Both curves by whole years since selection, with how many were still open, and the chance of these."""
    listing = found.listing

    def share(key: str, label: str, of: Callable[[float], float]) -> Column[int]:
        return Column(key, label, "share", value=of, cell=lambda age: t.percent(of(age)))

    return Table(
        (
            Column(
                "age",
                t("Years since 1 April of the fiscal year of selection"),
                "number",
                value=lambda age: age,
                cell=t.number,
                is_head=True,
            ),
            Column(
                "open",
                t("Projects not yet listed"),
                "number",
                value=listing.open_at,
                cell=lambda age: t.number(listing.open_at(age)),
            ),
            share("listed", t("Share listed"), listing.by),
            share("registered", t("Share registered"), found.registration.by),
            share(
                "chance", t("Chance of those still open to be listed"), lambda age: listing.still(age).value
            ),
        ),
        range(1, YEARS_SHOWN + 1),
        t,
    )


def kind_words(kind: str, t: Texts) -> str:
    """What was foretold."""
    return {
        REGISTERED: t("Projects registered by then"),
        OFFICIAL: t("What officials expected by the first target year"),
    }.get(kind, t("Tonnes verified for a period"))


def _amount(one: Trial, value: float, t: Texts) -> str:
    return t.number(value) if one.kind == REGISTERED else amount_short(value, t)


def _span(one: Trial, t: Texts) -> str:
    if one.kind == REGISTERED:
        return t.span(t.number(one.foretold.p10), t.number(one.foretold.p90))
    return f"{amount_short(one.foretold.p10, t)} – {amount_short(one.foretold.p90, t)}"


def look_back_table(trials: Sequence[Trial], t: Texts) -> Table[Trial]:
    """Every later fact with what was foretold of it."""
    first = {kind: next((one for one in trials if one.kind == kind), None) for kind in KINDS}
    return Table(
        (
            Column(
                "kind",
                t("Foretold"),
                value=lambda one: kind_words(one.kind, t),
                cell=lambda one: kind_words(one.kind, t) if one is first[one.kind] else "",
                is_head=True,
            ),
            Column("about", t("Event, scope or day"), value=lambda one: one.about, css="jcm-hide-narrow"),
            Column(
                "from_day",
                t("As of"),
                value=lambda one: one.from_day,
                cell=lambda one: t.day_short(one.from_day),
            ),
            Column("span", t.span("P10", "P90"), value=None, cell=lambda one: _span(one, t), is_figure=True),
            *(
                Column(
                    name,
                    name.upper(),
                    "number",
                    value=lambda one, name=name: round(getattr(one.foretold, name)),  # type: ignore[misc]
                    cell=None,
                )
                for name in ("p10", "p50", "p90")
            ),
            Column(
                "found",
                t("Published later"),
                "number",
                value=lambda one: one.found,
                cell=lambda one: _amount(one, one.found, t),
            ),
            Column(
                "known_on",
                t("Published on"),
                value=lambda one: one.known_on,
                cell=lambda one: t.day_short(one.known_on),
            ),
            Column(
                "held",
                t("Inside?"),
                value=lambda one: t("inside") if one.held else t("outside"),
            ),
        ),
        trials,
        t,
        css="",
    )


def look_back_told(trials: Sequence[Trial], t: Texts) -> Told:
    """How often the intervals held, how unsure that is, and whether it is good enough, kind by kind."""
    parts = []
    for kind in KINDS:
        found = coverage([one for one in trials if one.kind == kind])
        if not found.tried:
            continue
        verdict = t("consistent with eight in ten")
        if found.is_poor:
            verdict = t("poor: too few for intervals of eight in ten")
        elif found.says_little:
            verdict = t("too few trials to tell")
        parts.append(
            t(
                "{kind}: {held} of {tried} inside (true share {low} to {high}; {verdict})",
                kind=kind_words(kind, t),
                held=t.number(found.held),
                tried=t.number(found.tried),
                low=t.percent(found.low),
                high=t.percent(found.high),
                verdict=verdict,
            )
        )
    end = t(
        "Each fact is foretold with what was known at the end of the fiscal year before it. Officials add up estimates"
        " as if every project were realised and delivered in full; the outlook does not."
    )
    semicolon = "。" if t.lang == "ja" else ". "
    every = coverage(trials)
    message = t(
        "Of {n} past figures {held} lie inside the range of eight in ten",
        n=t.number(every.tried),
        held=t.number(every.held),
    )
    return message if every.tried else "", semicolon.join([*parts, end])
