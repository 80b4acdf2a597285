"""The host's side: what a partner keeps, what it has to adjust, what may follow, and how that stands to its own NDC."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from model.ledger.host_side import NdcFigure, figure_to_compare, share_of_figure
from view.amounts import amount_short, between, reported, tonnes, with_reported
from view.ledger.content import Ledger
from view.marks.table import DASH, WIDE, Column, Markup, Table, escape, small
from view.texts import Texts, Told

Row = Mapping[str, Any]
ROWS_AT_ONCE = 12
"""More rows scroll in a frame of their own."""


def measure_names(t: Texts) -> dict[str, str]:
    """What the figure of an NDC is."""
    return {
        "level": t("emissions of the year"),
        "budget": t("emissions of all years"),
        "reduction": t("reduction against business as usual"),
        "not stated": t("level or reduction, not stated"),
    }


@dataclass(frozen=True)
class Host:
    """A partner's row, the figure of its NDC to compare with, and all adjustments of the period as a share of it."""

    row: Row
    figure: NdcFigure | None
    share: tuple[float, float] | None

    @property
    def share_low(self) -> float | None:
        """The low end."""
        return self.share[0] if self.share else None

    @property
    def share_high(self) -> float | None:
        """The high end."""
        return self.share[1] if self.share else None


def _hosts(ledger: Ledger) -> list[Host]:
    figures: dict[str, list[NdcFigure]] = {}
    for row in ledger.ndc_figures:
        given = {field.name: row[field.name] for field in fields(NdcFigure)}
        figures.setdefault(row["iso3"], []).append(NdcFigure(**given))
    found = []
    for row in ledger.hosts:
        figure = figure_to_compare(figures.get(row["iso3"], ()), row["ndc_last_year"])
        least = int(row["adjusted_tco2"] or 0)
        most = least + int(row["waiting_high_tco2"]) + int(row["expected_high_tco2"] or 0)
        years = row["ndc_last_year"] - row["ndc_first_year"] + 1
        found.append(Host(row, figure, share_of_figure(least, most, years, figure)))
    return found


def hosts_table(ledger: Ledger, t: Texts) -> Table[Host]:
    """One row a partner; every amount with both its ends, an expectation apart from what happened."""
    rows = _hosts(ledger)
    return Table(
        (
            Column("iso3", t("Partner country"), value=lambda h: t.country(h.row["iso3"]), is_head=True),
            *_ends("kept", t("Kept by the partner, all years"), _exact, t, WIDE),
            Column(
                "adjusted_tco2",
                t("First transferred (tCO2)"),
                "tonnes",
                value=lambda h: h.row["adjusted_tco2"],
                cell=lambda h: _adjusted(h.row, t),
                page_label=t("To be adjusted: first transferred"),
            ),
            Column(
                "reported_tco2",
                t("Of these, only reported (tCO2)"),
                "tonnes",
                value=lambda h: h.row["reported_tco2"],
                cell=None,
            ),
            *_ends("waiting", t("May still be transferred"), _exact, t, WIDE),
            *_ends("expected", t("Expected to follow"), amount_short, t),
            Column(
                "figure",
                t("Figure of the NDC"),
                value=lambda h: _figure(h.figure, t),
                cell=lambda h: _figure_cell(h.figure, t),
                css=WIDE,
                is_figure=True,
            ),
            Column(
                "share_low",
                t("Share of the figure, low end"),
                "share",
                value=lambda h: h.share_low,
                cell=None,
            ),
            Column(
                "share_high",
                t("Share of the figure, high end"),
                "share",
                value=lambda h: h.share_high,
                cell=lambda h: _share(h.share, t),
                page_label=t("All of it as a share of the figure"),
            ),
        ),
        rows,
        t,
        css="jcm-tight jcm-vintages",
        is_long=len(rows) > ROWS_AT_ONCE,
    )


def _ends(
    name: str, shown: str, write: Callable[[float, Texts], str], t: Texts, css: str = ""
) -> tuple[Column[Host], Column[Host]]:
    """Both ends of an amount: a column each in files, one on the page."""
    low, high = f"{name}_low_tco2", f"{name}_high_tco2"
    return (
        Column(
            low,
            t("{part}, at least (tCO2)", part=shown),
            "tonnes",
            value=lambda h: h.row[low],
            cell=lambda h: _between(h.row[low], h.row[high], write, t),
            page_label=shown,
            css=css,
        ),
        Column(
            high,
            t("{part}, at most (tCO2)", part=shown),
            "tonnes",
            value=lambda h: h.row[high],
            cell=None,
        ),
    )


def _exact(tco2: float, t: Texts) -> str:
    return tonnes(round(tco2), t)


def _between(low: int | None, high: int | None, write: Callable[[float, Texts], str], t: Texts) -> str:
    if not high:
        return DASH
    return between(low, high, t, write) if low else t("at most {amount}", amount=write(high, t))


def _adjusted(row: Row, t: Texts) -> Markup:
    if row["adjusted_tco2"] is None:
        return escape(t("amount not known") if row["adjusted_without_amount"] else t("none known"))
    return Markup("{}{}").format(tonnes(row["adjusted_tco2"], t), small(reported(row["reported_tco2"], t)))


def _figure(figure: NdcFigure | None, t: Texts) -> str:
    if figure is None:
        return t("not known")
    return t("{amount} ({years}, {measure})", amount=_amount_of(figure, t), **_about(figure, t))


def _figure_cell(figure: NdcFigure | None, t: Texts) -> str:
    if figure is None:
        return t("not known")
    return Markup("{}{}").format(_amount_of(figure, t), small(t("{years}, {measure}", **_about(figure, t))))


def _amount_of(figure: NdcFigure, t: Texts) -> str:
    return between(figure.low_tco2, figure.high_tco2, t, amount_short)


def _about(figure: NdcFigure, t: Texts) -> dict[str, str]:
    is_one = figure.first_year == figure.last_year
    years = str(figure.last_year) if is_one else t.span(str(figure.first_year), str(figure.last_year))
    return {"years": years, "measure": measure_names(t)[figure.measure]}


def _share(share: tuple[float, float] | None, t: Texts) -> str:
    if share is None:
        return t("not known")
    if not share[0]:
        return t("at most {amount}", amount=t.percent(share[1])) if share[1] else DASH
    low, high = (t.percent(end) for end in share)
    return low if low == high else t("{low} to {high}", low=low, high=high)


def hosts_told(ledger: Ledger, t: Texts) -> Told:
    """What is to be adjusted so far, and what is expected to follow."""
    rows = ledger.hosts
    so_far = sum(row["adjusted_tco2"] or 0 for row in rows)
    low, high = (sum(row[f"expected_{end}_tco2"] or 0 for row in rows) for end in ("low", "high"))
    message, none = "", t("None is known to be first transferred under Article 6.")
    if so_far:
        weak = sum(row["reported_tco2"] or 0 for row in rows)
        amount = with_reported(tonnes(so_far, t), weak, t)
        message, none = t("To be added by partners so far: {amount}", amount=amount), ""
    if not high:
        return message, none
    second = t(
        "{amount} is expected to follow by {year} if Japan's shares stay as observed: an expectation, not a result.",
        amount=between(low, high, t, amount_short),
        year=rows[0]["ndc_last_year"],
    )
    return message, t.gap.join(filter(None, (none, second)))


def hosts_note(ledger: Ledger, t: Texts) -> str:
    """How the expectation and the comparison are made."""
    row = next(iter(ledger.hosts), None)
    shares = ""
    if row and row["least_share"] is not None:
        shares = t(
            "Where a project's share is not known, {low} to {high}: the least and the greatest share of a partner's issuances.",
            low=t.percent(row["least_share"]),
            high=t.percent(row["greatest_share"]),
        )
    how = t(
        "Expected to follow: the Japanese part of reductions of the period that are not verified yet, of registered"
        " projects at the low end, of all listed and selected ones at the high end."
    )
    compared = t(
        "The share compares all of it, averaged over the years of the period, with a figure in tonnes of the partner's"
        " NDC; a target in percent alone is not known in tonnes. More than all of a reduction would be overselling."
    )
    return t.gap.join(filter(None, (how, shares, compared)))
