"""The outlook: where the portfolio and new projects lead by the target years, and what it would take."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from model.outlook.evidence import Evidence
from model.outlook.report import PastView, Report
from model.outlook.results import Lever
from queries.runner import Answers, Questions
from view.amounts import amount_short
from view.marks.markup import Markup, joined, titled
from view.marks.table import Column, Table
from view.outlook import bars, sentences, tables
from view.outlook.fan_chart import fan_chart, fan_table
from view.outlook.parameters import observed_values, parameters_table
from view.outlook.statements import group_names, stated_near
from view.page import Content, Page, PageContext
from view.texts import Texts
from view.tiles import Tile

Fit = tuple[str, str, int]
"""What is fitted, its value in words and the number of observations behind it."""


class Outlook(Content):
    """Results of a scenario and of those it is compared with, and what they rest on."""

    @property
    def reports(self) -> Sequence[Report]:
        """Of the scenario shown, the first, and of the others."""
        reports: Sequence[Report] = self.context.choice["reports"]
        return reports

    @property
    def shown(self) -> Report:
        """Of the scenario shown."""
        return self.reports[0]

    @property
    def evidence(self) -> Evidence:
        """Fits on the facts of the day."""
        evidence: Evidence = self.context.choice["evidence"]
        return evidence

    @cached_property
    def levers(self) -> Sequence[Lever]:
        """What moves the middle most."""
        find: Callable[[], Sequence[Lever]] = self.context.choice["levers"]
        return find()

    @cached_property
    def past(self) -> Sequence[PastView]:
        """The back-test."""
        find: Callable[[], Sequence[PastView]] = self.context.choice["past"]
        return find()

    @cached_property
    def officials(self) -> Mapping[str, str]:
        """What officials expected near each past day, by ISO date."""
        days = [view.as_of for view in self.past]
        return stated_near(self.answers["reconciliation"], days, self.context.t)


def questions(context: PageContext) -> Questions:
    """What the page asks beside its draws.

    Choices are `reports`, of the scenario shown and of the others, `evidence`, and `levers` and `past`, which are
    computed when their tile is drawn.
    """
    return {"outlook_projects": {"as_of": context.selection.as_of}, "reconciliation": {}}


def page_of(context: PageContext, answers: Answers) -> Page[Outlook]:
    """Every tile of the page."""
    t, theme = context.t, context.theme
    content = Outlook(context, answers)
    shown, evidence = content.shown, content.evidence
    tile = partial(context.tile_maker(answers), "outlook_projects", sentences.coverage(evidence, t))
    names = group_names(context.names["country"], context.names["sector"], t)

    def groups(part: str, title: str) -> Tile:
        table = tables.groups_table(shown, part, names[part], t)
        return tile(
            title=title,
            sentence=t(
                "Projects known today only, with verified tonnes; new projects have no country or sector yet and stand in one line."
            ),
            body=tables.groups_html(table, t, rows_at_most=12),
            table=table,
        )

    tiles = {
        "fan": lambda: tile(
            title=t("Cumulative reductions, verified + expected, and what may come"),
            sentence=sentences.fan_sentence(shown, t),
            figure=fan_chart(shown, context.data_as_of, t, theme),
            height=480,
            table=fan_table(shown, t),
        ),
        "goals": lambda: tile(
            title=t("Scenarios beside each other: verified + expected by the target years"),
            sentence=sentences.goals_sentence(shown, t),
            table=tables.goals_table(content.reports, t),
        ),
        "waterfall": lambda: tile(
            title=t("What fills the targets: verified, expected and new"),
            sentence=sentences.waterfall_sentence(shown, t),
            body=Markup('<div class="jcm-halves">{}</div>').format(
                joined(Markup("<div>{}</div>").format(bars.waterfall_html(one, t)) for one in shown.goals)
            ),
            table=bars.waterfall_table(shown, t),
        ),
        "tornado": lambda: tile(
            title=t("What moves the outlook most: verified + expected"),
            sentence=sentences.tornado_sentence([lever.name for lever in content.levers], shown, t),
            body=bars.tornado_html(content.levers, shown, t),
            table=bars.tornado_table(content.levers, shown, t),
        ),
        "countries": lambda: groups("countries", t("Verified + expected by partner country")),
        "sectors": lambda: groups("sectors", t("Verified + expected by sector")),
        "look_back": lambda: tile(
            title=t("The same method on past days: verified + expected"),
            sentence=sentences.look_back_sentence(content.past, t),
            table=tables.look_back_table(content.past, content.officials, t),
            notes=(t("Scenario: present pace goes on, with the number and sizes known on each day"),),
        ),
        "evidence": lambda: tile(
            title=t("What the draws rest on"),
            sentence=t(
                "Fits on the facts of the day, with the observations behind each; everything else is a lever."
            ),
            body=sentences.method_html(shown, evidence, t),
            table=evidence_table(evidence, t),
        ),
        "parameters": lambda: tile(
            title=t("The scenarios in full"),
            sentence=t.pick(shown.scenario.text_en, shown.scenario.text_ja),
            body=" ",
            table=parameters_table([one.scenario for one in content.reports], observed_values(evidence), t),
        ),
    }
    return Page(content, lambda: titled(sentences.answer(shown, t), sentences.under_answer(shown, t)), tiles)


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
