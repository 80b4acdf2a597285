"""The tiles of the outlook page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from model.outlook.evidence import Evidence
from model.outlook.report import PastView, Report
from model.outlook.results import Lever
from model.outlook.scenario import Scenario
from view.amounts import amount_short
from view.outlook import sentences, tables
from view.outlook.fan_chart import fan_chart, fan_table
from view.outlook.parameters import observed_values, parameters_rows
from view.target.content import labelled
from view.texts import Texts
from view.theme import ThemeName
from view.tiles import Tile, TileMaker


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
            body=tables.goals_table(reports, t),
            table=tables.goals_rows(reports, t),
        ),
        tile(
            "waterfall",
            query,
            coverage,
            title=t("What fills the targets: verified, expected and new"),
            sentence=sentences.waterfall_sentence(shown, t),
            body='<div class="jcm-halves">'
            + "".join(f"<div>{tables.waterfall_html(found, t)}</div>" for found in shown.goals)
            + "</div>",
            table=tables.waterfall_rows(shown, t),
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
                body=tables.groups_html(shown, part, names[part], t, rows_at_most=12),
                table=tables.groups_rows(shown, part, names[part], t),
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
            table=evidence_rows(evidence, t),
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
        body=tables.tornado_html(levers, report, t),
        table=tables.tornado_rows(levers, report, t),
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
        body=tables.look_back_html(views, officials, t),
        table=tables.look_back_rows(views, officials, t),
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
        table=parameters_rows(scenarios, observed_values(evidence), t),
    )


def evidence_rows(evidence: Evidence, t: Texts) -> pa.Table:
    """Fitted values with the number of observations behind them."""
    delivery, delays, sizes, intake = evidence.delivery, evidence.delays, evidence.sizes, evidence.intake
    rows: list[tuple[str, str, int | None]] = [
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
    return labelled(
        {
            t("Quantity"): [row[0] for row in rows],
            t("Value"): [row[1] for row in rows],
            t("Observations"): [row[2] for row in rows],
        }
    )
