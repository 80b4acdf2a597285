"""The illustration of GX-ETS: supply of usable credits by year of compliance, and the projects they are of."""

from collections.abc import Callable, Mapping

from model.ledger.rules import FIRST_VINTAGE
from model.outlook.gx_ets import ASSUMED, Illustration, Year
from model.outlook.results import Interval
from view.amounts import amount_short
from view.marks.markup import Markup, escape
from view.marks.table import Column, Table, linked
from view.outlook.tables import span
from view.texts import Texts, Told

PROJECTS_SHOWN = 8
Brought = tuple[str, float]


def yen(value: float, t: Texts) -> str:
    """An amount of money: JPY 1.9 billion, 19.5億円."""
    if t.lang == "ja":
        return f"{t.number(value / 1e8, 1)}億円" if value >= 1e7 else f"{t.number(value / 1e4)}万円"
    if value >= 1e9:
        return t("JPY {n} billion", n=t.number(value / 1e9, 1))
    return t("JPY {n} million", n=t.number(value / 1e6, 1 if value < 1e7 else 0))


def supply_table(found: Illustration, t: Texts) -> Table[Year]:
    """A row for each fiscal year of compliance."""

    def quantile(key: str, name: str, label: str) -> Column[Year]:
        return Column(
            f"{key}_{name}_tco2",
            label,
            "tonnes",
            value=lambda year: round(getattr(getattr(year, key), name)),
            cell=None,
        )

    return Table(
        (
            Column(
                "fiscal_year", t("Fiscal year"), value=lambda year: t.year(year.fiscal_year), is_head=True
            ),
            Column(
                "supply",
                t("Supply so far, P50"),
                value=None,
                cell=lambda year: amount_short(year.supply.p50, t),
                is_figure=True,
            ),
            Column(
                "supply_span",
                t.span("P10", "P90"),
                value=None,
                cell=lambda year: span(year.supply, t),
                is_figure=True,
            ),
            *(
                quantile("supply", name, t.noted(f"{t('Supply so far')} {name.upper()}", "tCO2"))
                for name in ("p10", "p50", "p90")
            ),
            *(
                quantile("added", name, t.noted(f"{t('of this new in the year')} {name.upper()}", "tCO2"))
                for name in ("p10", "p50", "p90")
            ),
            Column(
                "demand_tco2",
                t("Demand (tCO2)"),
                "tonnes",
                value=lambda year: None if year.demand is None else round(year.demand),
                cell=lambda year: t("not known") if year.demand is None else amount_short(year.demand, t),
                page_label=t("Demand of the year"),
            ),
            Column(
                "covered_share",
                t("Supply ÷ demand, P50"),
                "share",
                value=lambda year: None if year.covered_share is None else year.covered_share.p50,
                cell=lambda year: (
                    t("not known") if year.covered_share is None else _share(year.covered_share, t)
                ),
            ),
            *(
                Column(
                    f"{key}_{name}_yen",
                    label,
                    "number",
                    value=lambda year, key=key, place=place: round(getattr(year, key)[place]),  # type: ignore[misc]
                    cell=None,
                )
                for key, place, name, label in (
                    ("price", 0, "low", t("Lowest price (JPY/t)")),
                    ("price", 1, "high", t("Highest price (JPY/t)")),
                    ("value", 0, "low", t("Value of the supply, low (JPY)")),
                    ("value", 1, "high", t("Value of the supply, high (JPY)")),
                )
            ),
            Column(
                "price",
                t("Price band (JPY/t)"),
                value=None,
                cell=lambda year: t.span(t.number(year.price[0]), t.number(year.price[1])),
                is_figure=True,
                css="jcm-hide-narrow",
            ),
            Column(
                "value",
                t("Value of the supply"),
                value=None,
                cell=lambda year: f"{yen(year.value[0], t)} – {yen(year.value[1], t)}",
                is_figure=True,
            ),
        ),
        found.years,
        t,
        css="",
    )


def _share(found: Interval, t: Texts) -> str:
    return t.percent(found.p50)


def projects_table(
    found: Illustration, titles: Mapping[str, str], link: Callable[[str], str], t: Texts
) -> Table[Brought]:
    """The projects that hold most of the supply in the mean; `link` is the address of a project's page."""
    whole = sum(mean for _, mean in found.projects) or 1.0

    def named(one: Brought) -> Markup:
        name = _project(one[0], t)
        return linked(link(one[0]), name) if one[0] in titles else escape(name)

    return Table(
        (
            Column("project_id", t("Project"), value=lambda one: one[0], cell=named, is_head=True),
            Column("title", t("Title"), value=lambda one: titles.get(one[0], ""), css="jcm-hide-narrow"),
            Column(
                "mean_tco2",
                t("Company-held by the last year, mean (tCO2)"),
                "tonnes",
                value=lambda one: round(one[1]),
                cell=lambda one: amount_short(one[1], t),
                page_label=t("Company-held by the last year, mean"),
            ),
            Column(
                "share",
                t("of all"),
                "share",
                value=lambda one: one[1] / whole,
                cell=lambda one: t.percent(one[1] / whole),
            ),
        ),
        found.projects[:PROJECTS_SHOWN],
        t,
    )


def _project(name: str, t: Texts) -> str:
    return t("New projects") if name == "new" else name


def supply_told(found: Illustration, t: Texts) -> Told:
    """How much companies may hold, its worth, and that the demand is the reader's to state."""
    last = found.years[-1]
    message = t(
        "By the day of cancellation for {year} companies may hold {middle} ({span}) of usable credits",
        year=t.year(last.fiscal_year),
        middle=amount_short(last.supply.p50, t),
        span=span(last.supply, t),
    )
    parts = [
        t(
            "They are of vintages from {first} on, and worth {low} to {high} in the price band of that year.",
            first=t.year(FIRST_VINTAGE, "calendar"),
            low=yen(last.value[0], t),
            high=yen(last.value[1], t),
        )
    ]
    if last.demand is None or last.covered_share is None:
        parts.append(
            t(
                "The demand is not known: no source states the emissions that the scheme covers. Enter them above to compare; {limit}"
                " of them may be covered with credits.",
                limit=t.percent(found.rules.limit),
            )
        )
    else:
        parts.append(
            t(
                "That is {share} of what may be covered in that year, {limit} of the {covered} that the reader stated.",
                share=t.percent(last.covered_share.p50),
                limit=t.percent(found.rules.limit),
                covered=amount_short(found.covered_tco2 or 0, t),
            )
        )
    if found.projects:
        whole = sum(mean for _, mean in found.projects)
        name, mean = found.projects[0]
        parts.append(
            t(
                "{share} of it is of one project, {project}.",
                share=t.percent(mean / whole),
                project=_project(name, t),
            )
        )
    parts.append(
        t(
            "No forecast: companies are taken to use all they hold, for this and nothing else. Assumptions: {codes}.",
            codes=t.listing(list(ASSUMED)),
        )
    )
    return message, t.gap.join(parts)
