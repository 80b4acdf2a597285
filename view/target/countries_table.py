"""The countries of the selection in a table to copy: what their projects state, and what was decided and issued."""

from dataclasses import dataclass
from functools import partial

from model.ranking import EXPECTED, Standing, ranked, shares_known
from view.amounts import amount_short, between, reported
from view.countries.ranking import Link, state_words
from view.marks.table import DASH, WIDE, Column, Markup, Table, linked, small
from view.target.content import TargetContent
from view.target.sentences import percent
from view.texts import Texts, Told

SHOWN = 10
"""Countries on the page; files hold all of them."""


@dataclass(frozen=True)
class CountryRow:
    """A country's place on two rungs, or the sum of several countries, whose `iso3` is empty."""

    iso3: str
    expected: Standing
    decided: Standing


def countries_of(content: TargetContent) -> list[CountryRow]:
    """Partners with a project or a decision on issuance: the largest expectation first, unknown ones last."""
    chosen = set(content.selection.of("country"))
    partners = [one for one in content.partners if not chosen or one["iso3"] in chosen]
    known = shares_known(content.by_country, content.selection.share)
    decided = {one.iso3: one for one in ranked(known, partners, content.verified_rung, "amount", None)}
    return [
        CountryRow(one.iso3, one, decided[one.iso3])
        for one in ranked(known, partners, EXPECTED, "amount", None)
        if one.projects or decided[one.iso3].events
    ]


def countries_told(content: TargetContent, t: Texts) -> Told:
    """Which countries most of the expectation comes from."""
    reading = t("The largest first; the table below, to copy or to download, holds every country.")
    rows = [row for row in countries_of(content) if row.expected.tco2]
    total = sum(row.expected.tco2 or 0 for row in rows)
    most = rows[:3]
    if not total or len(rows) <= len(most):
        return "", reading
    return t(
        "{countries} hold {share} of what is expected by FY{year}",
        countries=t.listing([t.country(row.iso3) for row in most]),
        share=t.percent(sum(row.expected.tco2 or 0 for row in most) / total),
        year=content.first_year,
    ), reading


def countries_table(
    content: TargetContent, link: Link, t: Texts, rows: list[CountryRow]
) -> Table[CountryRow]:
    """Columns of the table; the share is of the nearest target, where one is decided."""
    target = next((one.high_tco2 for one in content.targets if one.is_decided), None)
    year = content.first_year
    tonnes = partial(Column[CountryRow], kind="tonnes", cell=None)

    def name(row: CountryRow) -> Markup:
        label = linked(link("country", iso3=row.iso3), t.country(row.iso3)) if row.iso3 else t("All others")
        return (
            label + small(reported(row.decided.reported_tco2, t)) if row.iso3 else Markup("{}").format(label)
        )

    def share(row: CountryRow) -> float | None:
        return None if target is None or row.expected.tco2 is None else row.expected.tco2 / target

    return Table(
        (
            Column("country", t("Country"), "country", lambda r: t.country(r.iso3), name, is_head=True),
            Column("iso3", t("Code"), value=lambda r: r.iso3, cell=None),
            Column("projects", t("Projects"), "number", lambda r: r.expected.projects, css=WIDE),
            Column(
                "projects_with_estimate",
                t("of which with an estimate"),
                "number",
                lambda r: r.expected.with_estimate,
                css=WIDE,
            ),
            Column(
                "expected_tco2",
                t("Expected by FY{year} (tCO2)", year=year),
                "tonnes",
                lambda r: r.expected.tco2,
                lambda r: _amount(r.expected, t),
                page_label=t("Expected by FY{year}", year=year),
            ),
            Column(
                "share_of_target",
                t("Share of the FY{year} target", year=year),
                "share",
                share,
                lambda r: DASH if (part := share(r)) is None else between(part, part, t, percent),
                page_label=t("of the target"),
                css=WIDE,
            ),
            tonnes("decided_low_tco2", t("Issuance decided, low end (tCO2)"), value=lambda r: r.decided.tco2),
            tonnes(
                "decided_high_tco2",
                t("Issuance decided, high end (tCO2)"),
                value=lambda r: r.decided.tco2_high,
            ),
            Column(
                "decided",
                t("Issuance decided"),
                value=None,
                cell=lambda r: _amount(r.decided, t),
                is_figure=True,
            ),
        ),
        rows,
        t,
        row_css=lambda row: "" if row.iso3 else "jcm-sum",
    )


def countries_html(content: TargetContent, link: Link, t: Texts) -> Markup:
    """The largest, and all others in one row, which files give one by one."""
    rows = countries_of(content)
    shown, others = rows[:SHOWN], rows[SHOWN:]
    if len(others) == 1:
        shown, others = rows, []
    if others:
        shown = [
            *shown,
            CountryRow("", *(_sum([getattr(o, k) for o in others]) for k in ("expected", "decided"))),
        ]
    return countries_table(content, link, t, shown).html()


def _sum(of: list[Standing]) -> Standing:
    """Several countries as one; not known where no amount of theirs is."""
    known = [one for one in of if one.tco2 is not None]
    counts = {
        name: sum(getattr(one, name) for one in of)
        for name in ("projects", "with_estimate", "events", "reported_tco2")
    }
    if not known:
        state = "not known" if any(one.state == "not known" for one in of) else of[0].state
        return Standing("", state, None, None, **counts)
    low, high = (sum(getattr(one, end) for one in known) for end in ("tco2", "tco2_high"))
    return Standing("", "known", float(low), low, **counts, value_high=float(high), tco2_high=high)


def _amount(standing: Standing, t: Texts) -> str:
    if standing.tco2 is None or standing.tco2_high is None:
        return state_words(standing.state, t)
    return between(standing.tco2, standing.tco2_high, t, amount_short)
