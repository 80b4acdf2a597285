"""The tiles of the outlook page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from model.outlook.evidence import Evidence
from model.outlook.report import PastView, Report
from model.outlook.results import Lever
from model.outlook.scenario import Scenario
from view.amounts import amount_short
from view.marks.table import Column, Table
from view.outlook import bars, sentences, tables
from view.outlook.fan_chart import fan_chart, fan_table
from view.outlook.parameters import observed_values, parameters_table
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker

Fit = tuple[str, str, int]
"""What is fitted, its value in words and the number of observations behind it."""


@dataclass(frozen=True)
class Reader:
    """For whom a page is made: language and theme."""

    t: Texts
    theme: ThemeName


def main_tiles(
    reports: Sequence[Report],
    evidence: Evidence,
    names: Mapping[str, Mapping[str | int, str]],
    tile: TileMaker,
    reader: Reader,
) -> Mapping[str, Tile]:
    """Tiles of the scenario shown, the first of `reports`; the others are compared with it."""
    t, theme = reader.t, reader.theme
    shown, query = reports[0], "outlook_projects"
    coverage = sentences.coverage(evidence, t)
    halves = "".join(f"<div>{bars.waterfall_html(found, t)}</div>" for found in shown.goals)
    groups = {part: tables.groups_table(shown, part, names[part], t) for part in ("countries", "sectors")}
    made = (
        tile(
            "fan",
            query,
            coverage,
            title=t("Cumulative reductions, verified + expected, and what may come"),
            sentence=sentences.fan_sentence(shown, t),
            figure=fan_chart(shown, t, theme),
            table=fan_table(shown, t),
        ),
        tile(
            "goals",
            query,
            coverage,
            title=t("Scenarios beside each other: verified + expected by the target years"),
            sentence=sentences.goals_sentence(shown, t),
            table=tables.goals_table(reports, t),
        ),
        tile(
            "waterfall",
            query,
            coverage,
            title=t("What fills the targets: verified, expected and new"),
            sentence=sentences.waterfall_sentence(shown, t),
            body=f'<div class="jcm-halves">{halves}</div>',
            table=bars.waterfall_table(shown, t),
        ),
        *(
            tile(
                part,
                query,
                coverage,
                title=title,
                sentence=t(
                    "Projects known today only, with verified tonnes; new projects have no country or sector yet and stand in one line."
                ),
                body=str(tables.groups_html(groups[part], t, rows_at_most=12)),
                table=groups[part],
            )
            for part, title in (
                ("countries", t("Verified + expected by partner country")),
                ("sectors", t("Verified + expected by sector")),
            )
        ),
        tile(
            "evidence",
            query,
            coverage,
            title=t("What the draws rest on"),
            sentence=t(
                "Fits on the facts of the day, with the observations behind each; everything else is a lever."
            ),
            body=sentences.method_html(shown, evidence, t),
            table=evidence_table(evidence, t),
        ),
    )
    return {one.key: one for one in made}


def tornado_tile(levers: Sequence[Lever], report: Report, tile: TileMaker, coverage: str, t: Texts) -> Tile:
    """What moves the middle most."""
    return tile(
        "tornado",
        "outlook_projects",
        coverage,
        title=t("What moves the outlook most: verified + expected"),
        sentence=sentences.tornado_sentence([lever.name for lever in levers], report, t),
        body=str(bars.tornado_html(levers, report, t)),
        table=bars.tornado_table(levers, report, t),
    )


def look_back_tile(
    views: Sequence[PastView], officials: Mapping[str, str], tile: TileMaker, coverage: str, t: Texts
) -> Tile:
    """The back-test."""
    return tile(
        "look_back",
        "outlook_projects",
        coverage,
        title=t("The same method on past days: verified + expected"),
        sentence=sentences.look_back_sentence(views, t),
        table=tables.look_back_table(views, officials, t),
        notes=(t("Scenario: present pace goes on, with the number and sizes known on each day"),),
    )


def parameters_tile(
    scenarios: Sequence[Scenario], evidence: Evidence, tile: TileMaker, coverage: str, t: Texts
) -> Tile:
    """Every parameter of every scenario."""
    return tile(
        "parameters",
        "outlook_projects",
        coverage,
        title=t("The scenarios in full"),
        sentence=" ".join(t.pick(one.text_en, one.text_ja) for one in scenarios[:1]),
        body=" ",
        table=parameters_table(scenarios, observed_values(evidence), t),
    )


def evidence_table(evidence: Evidence, t: Texts) -> Table[Fit]:
    """Fitted values with the number of observations behind them."""
    delivery, delays, sizes, intake = evidence.delivery, evidence.delays, evidence.sizes, evidence.intake
    rows: list[Fit] = [
        (t("Delivery ratio, middle"), t.number(delivery.middle, 2), delivery.projects),
        (t("Delivery ratio, spread between projects (log)"), t.number(delivery.spread, 2), delivery.projects),
        (
            t("Delivery ratio, uncertainty of the middle (log)"),
            t.number(delivery.common_spread, 2),
            delivery.projects,
        ),
        *(
            (
                t("Delivery ratio observed, {project}", project=project),
                t.number(ratio, 2),
                1,
            )
            for project, _, ratio in delivery.observed
        ),
        (
            t("Years from 1 April of the fiscal year of selection to operation, middle"),
            t.number(float(delays.new[len(delays.new) // 2]), 1),
            delays.projects,
        ),
        (
            t("the same, tenth and ninetieth percentile"),
            f"{t.number(float(delays.new[10]), 1)} – {t.number(float(delays.new[90]), 1)}",
            delays.projects,
        ),
        (t("Annual reductions, mean"), amount_short(float(sizes.quantiles.mean()), t), sizes.projects),
        (
            t("Annual reductions, middle"),
            amount_short(float(sizes.quantiles[len(sizes.quantiles) // 2]), t),
            sizes.projects,
        ),
        (t("Exponent of the tail of sizes"), t.number(sizes.tail_exponent, 2), sizes.projects),
        (
            t("New projects a year, government-supported, last five fiscal years"),
            t.number(intake.government_per_year, 1),
            sum(intake.by_year.values()),
        ),
        (
            t("of these counted in from projects without a fiscal year of selection"),
            t.number(intake.without_year),
            intake.without_year,
        ),
        (t("Spread of the number between years (relative)"), t.number(intake.spread, 2), len(intake.by_year)),
    ]
    return Table(
        (
            Column("quantity", t("Quantity"), value=lambda r: r[0], cell=None),
            Column("value", t("Value"), value=lambda r: r[1], cell=None),
            Column("observations", t("Observations"), "number", value=lambda r: r[2], cell=None),
        ),
        rows,
        t,
    )
