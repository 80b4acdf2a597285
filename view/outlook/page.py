"""The outlook: where the portfolio and new projects lead by the target years, and what it would take."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial

from model.outlook.back_test import Trial
from model.outlook.counted_report import CountedReport, Group
from model.outlook.gx_ets import Illustration
from model.outlook.report import GoalReport, Known, Report
from model.outlook.results import Lever
from queries.runner import Answers, Questions
from view.marks.markup import Markup, joined, titled
from view.outlook import bars, sentences, tables
from view.outlook.counting_tiles import counting_tiles
from view.outlook.evidence_table import evidence_table
from view.outlook.fan_chart import fan_chart, fan_course, fan_table
from view.outlook.parameters import parameters_table
from view.outlook.past_tables import cohorts_table, curve_table, look_back_table, look_back_told
from view.outlook.statements import group_names
from view.page import Content, Page, PageContext
from view.texts import Texts
from view.tiles import Tile


class Outlook(Content):
    """Results of a scenario and of those it is compared with, and what they rest on."""

    @cached_property
    def reports(self) -> Sequence[Report]:
        """Of the scenario shown, the first, and of the others."""
        find: Sequence[Callable[[], Report]] = self.context.choice["reports"]
        return [draw() for draw in find]

    @cached_property
    def shown(self) -> Report:
        """Of the scenario shown."""
        return self.context.choice["reports"][0]()  # type: ignore[no-any-return]

    @property
    def known(self) -> Known:
        """What was known on the day, with the fits on it."""
        known: Known = self.context.choice["known"]
        return known

    @property
    def group(self) -> Group:
        """For whom the way to counting is shown."""
        group: Group = self.context.choice["group"]
        return group

    @cached_property
    def counted(self) -> CountedReport:
        """The scenario counted by the deadline."""
        find: Callable[[], CountedReport] = self.context.choice["counted"]
        return find()

    @cached_property
    def counting_levers(self) -> Sequence[Lever]:
        """What moves the counted tonnes most."""
        find: Callable[[], Sequence[Lever]] = self.context.choice["counting_levers"]
        return find()

    @cached_property
    def supply(self) -> Illustration:
        """The illustration of GX-ETS."""
        find: Callable[[], Illustration] = self.context.choice["supply"]
        return find()

    @cached_property
    def levers(self) -> Sequence[Lever]:
        """What moves the middle most."""
        find: Callable[[], Sequence[Lever]] = self.context.choice["levers"]
        return find()

    @cached_property
    def past(self) -> Sequence[Trial]:
        """The back-test."""
        find: Callable[[], Sequence[Trial]] = self.context.choice["past"]
        return find()


def questions(context: PageContext) -> Questions:
    """What the page asks beside its draws.

    Choices are `reports`, which make that of the scenario shown and of the others when it is read, `known`, and `levers`, `past`, `counted`, `counting_levers`
    and `supply`, which are computed when their tile is drawn; `group` is whom the way to counting is shown for.
    """
    day = {"as_of": context.selection.as_of}
    return {"outlook_projects": day, "outlook_steps": day}


def page_of(context: PageContext, answers: Answers) -> Page[Outlook]:
    """Every tile of the page."""
    t, theme = context.t, context.theme
    content = Outlook(context, answers)
    shown, evidence = content.shown, content.known.evidence
    tile = partial(context.tile_maker(answers), "outlook_projects", sentences.coverage(evidence, t))
    years = [t.year(one.goal.fiscal_year) for one in shown.goals]
    names = group_names(context.names["country"], context.names["sector"], t)

    def halves(html: Callable[[GoalReport, Texts], Markup]) -> Markup:
        return Markup('<div class="jcm-halves">{}</div>').format(
            joined(Markup("<div>{}</div>").format(html(one, t)) for one in shown.goals)
        )

    def groups(part: str, title: str) -> Tile:
        table = tables.groups_table(shown, part, names[part], t)
        return tile(
            title=title,
            told=sentences.groups_told(shown.goals[-1], part, names[part], t),
            body=tables.groups_html(table, t, rows_at_most=12),
            table=table,
        )

    tiles = {
        "fan": lambda: tile(
            title=t("Cumulative reductions, verified + expected, and what may come"),
            told=sentences.fan_told(shown, t),
            figure=fan_chart(shown, context.data_as_of, t, theme),
            course=fan_course(shown, t),
            height=360,
            table=fan_table(shown, t),
        ),
        "goals": lambda: tile(
            title=t("Scenarios beside each other: verified + expected by the target years"),
            told=sentences.goals_told(shown, t),
            table=tables.goals_table(content.reports, t),
        ),
        "bridge": lambda: tile(
            title=t("From stated estimates to the outlook: verified + expected"),
            told=sentences.bridge_told(shown, t),
            body=halves(bars.bridge_html),
            table=bars.bridge_table(shown, t),
        ),
        "realisation": lambda: tile(
            title=t("What became of the projects selected in each fiscal year"),
            told=sentences.realisation_told(evidence.realisation, t),
            body=cohorts_table(evidence.realisation, t).html() + curve_table(evidence.realisation, t).html(),
            table=cohorts_table(evidence.realisation, t),
        ),
        "waterfall": lambda: tile(
            title=t("What fills the targets: verified, expected and new"),
            told=sentences.waterfall_told(shown, t),
            body=halves(bars.waterfall_html),
            table=bars.waterfall_table(shown, t),
        ),
        "tornado": lambda: tile(
            title=t("What the outlook is most sensitive to: verified + expected"),
            told=sentences.tornado_told([lever.name for lever in content.levers], shown, t),
            body=bars.tornado_html(
                content.levers, [t("Change of the median by {year}", year=year) for year in years], t
            ),
            table=bars.tornado_table(content.levers, years, t),
        ),
        "countries": lambda: groups("countries", t("Verified + expected by partner country")),
        "sectors": lambda: groups("sectors", t("Verified + expected by sector")),
        **counting_tiles(content, context.tile_maker(answers), names),
        "look_back": lambda: tile(
            title=t("The same method on past days: verified + expected"),
            told=look_back_told(content.past, t),
            table=look_back_table(content.past, t),
        ),
        "evidence": lambda: tile(
            title=t("What the draws rest on"),
            sentence=t(
                "Fits on the facts of the day, with the observations behind each; everything else is a lever."
            ),
            body=sentences.method_html(shown, content.known, t),
            table=evidence_table(evidence, t),
        ),
        "parameters": lambda: tile(
            title=t("The scenarios in full"),
            sentence=t.pick(shown.scenario.text_en, shown.scenario.text_ja),
            body=" ",
            table=parameters_table([one.scenario for one in content.reports], content.known.observed, t),
        ),
    }
    return Page(content, lambda: titled(sentences.answer(shown, t), sentences.under_answer(shown, t)), tiles)
