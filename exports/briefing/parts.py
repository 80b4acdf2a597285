"""Sections that more than one audience is shown, made of the tiles of the pages, with their figures and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from exports.briefing import figures
from exports.briefing.document import Chart, Figure, Grid, Section, sentences_of
from exports.briefing.grids import (
    Pick,
    Picks,
    as_mark,
    as_share,
    as_tonnes_if_any,
    cut_off,
    gap_grid,
    grid_of,
    ladder_grid,
    rung_names,
)
from exports.briefing.request import Request
from model.progress import Progress
from queries.runner import Questions, ask
from queries.warehouse import Warehouse
from view.amounts import amount, amount_short, between, reported, tonnes
from view.marks.table import Table
from view.names import Names, filter_options, names_of
from view.page import C, Page, PageContext, Subject, context_of
from view.selection import Selection
from view.stated_words import stated, title_of
from view.target import headline
from view.target import page as target
from view.target.content import TargetContent
from view.target.coverage import coverage_short, issued_coverage
from view.target.squares_drawing import Squares
from view.texts import Texts
from view.tiles import Tile, TileMaker

ROWS_OF_A_LIST = 14
"""Rows of a long table in the paper; the workbook has all."""
PROJECT_PICKS: Picks = (
    Pick("annual_tco2"),
    Pick("notified_low_tco2", "notified_high_tco2", write=as_tonnes_if_any),
    Pick("is_reported", write=as_mark, if_any=True),
)
"""The last columns of every list of projects."""


@dataclass(frozen=True)
class Desk:
    """What every part needs: the warehouse, the request, texts and names."""

    warehouse: Warehouse
    request: Request
    t: Texts
    names: Names

    @property
    def as_of(self) -> str:
        """The day in words."""
        return self.t("as of {day}", day=self.t.day(self.request.as_of))

    def selection(self, **chosen: Sequence[str]) -> Selection:
        """The reader's day with some filters."""
        return Selection(as_of=self.request.as_of).narrowed(**chosen)

    def context(self, selection: Selection, choice: Mapping[str, Any] | None = None) -> PageContext:
        """The context of a page, as a reader of the light theme would see it."""
        return context_of(self.warehouse, self.t, "light", selection, names=self.names, choice=choice)

    def page(
        self, subject: Subject[C], selection: Selection, choice: Mapping[str, Any] | None = None
    ) -> Page[C]:
        """The page of a subject; of its tiles only those that are used are made."""
        context = self.context(selection, choice)
        return subject.page_of(context, ask(self.warehouse, subject.questions(context)))

    def tile_maker(self, questions: Questions) -> TileMaker:
        """Makes tiles of a briefing's own questions, as the pages do."""
        return self.context(self.selection()).tile_maker(ask(self.warehouse, questions))


def desk_of(warehouse: Warehouse, request: Request, t: Texts) -> Desk:
    """Opens the desk."""
    return Desk(warehouse, request, t, names_of(filter_options(warehouse, t)))


def table_of(tile: Tile) -> Table[Any]:
    """The typed table of a tile. Raises TypeError for a tile that has none."""
    if not isinstance(tile.table, Table):
        raise TypeError(f"tile {tile.key!r} has no typed table")
    return tile.table


def section_of(
    tile: Tile,
    picks: Picks = (),
    *,
    chart: Chart | None = None,
    grid: Grid | None = None,
    rows: Sequence[Any] | None = None,
    rows_at_most: int | None = None,
    notes: tuple[str, ...] = (),
    finding: str = "",
) -> Section:
    """A section with everything that the tile carries, and a `grid` or some columns of its table.

    `rows` are those to be read, all by default; `data` has all rows of the tile.
    """
    if picks:
        table = table_of(tile)
        table = table if rows is None else replace(table, rows=rows)
        grid = grid_of(table, picks, rows_at_most)
        notes += cut_off(rows_at_most or len(table.rows), len(table.rows), table.t)
    return Section(
        key=tile.key,
        title=tile.title,
        sentence=tile.sentence,
        coverage=tile.coverage,
        query=tile.query,
        data=tile.rows(),
        chart=chart,
        grid=grid,
        notes=(*tile.notes, *notes),
        finding=finding or tile.message,
    )


@dataclass(frozen=True)
class TargetPart:
    """The target page of one selection, of which sections are made."""

    page: Page[TargetContent]

    @property
    def content(self) -> TargetContent:
        """What the page knows."""
        return self.page.content

    @property
    def answer(self) -> str:
        """The answer of the page with its tonnes, as plain text."""
        t = self.content.context.t
        return t.gap.join([headline.answer(self.content, t)[1], headline.in_full(self.content, t)])

    def figures(self, t: Texts, *, is_whole: bool) -> tuple[Figure, ...]:
        """The numbers to be seen first. The pace that a target requires is asked of the whole programme only."""
        progress = self.content.progress()
        found = [self._decided(t), *(self._expected(one, t) for one in progress)]
        if is_whole and progress and (pace := progress[0].required_pace_tco2) is not None:
            year, day = t.year(progress[0].target_fiscal_year), t.day_short(progress[0].as_of)
            below = t(
                "from {day} to the end of {year}, counted from the expectation to date", day=day, year=year
            )
            found.append(Figure(t("Required mean pace, a year"), amount(pace, t), below))
        return tuple(found)

    def _decided(self, t: Texts) -> Figure:
        decided = self.content.ladder_row("notified")
        label = t("Decided for issuance")
        if decided["tco2_low"] is None:
            return Figure(label, "–", t("amount not known") if decided["events"] else t("none known"))
        below = t.count("{n} event", "{n} events", decided["events"])
        for near, most in zip(self.content.verified()[:1], self.content.verified("high")[:1], strict=True):
            share, goal = between(near.share, most.share, t, as_share), amount_short(near.target_tco2, t)
            below += " · " + t("{share} of the target of {target}", share=share, target=goal)
        if decided["reported_tco2"]:
            below += " · " + reported(decided["reported_tco2"], t)
        return Figure(label, between(decided["tco2_low"], decided["tco2_high"], t), below)

    def _expected(self, progress: Progress, t: Texts) -> Figure:
        label = t("Expected by {year}", year=t.year(progress.target_fiscal_year))
        projects, with_estimate = self.content.projects_counted()
        if not self.content.has_schedule:
            missing = t("no schedule") if with_estimate else t("no estimate stated")
            return Figure(label, "–", missing if projects else t("no project"))
        share, goal = t.percent(progress.share), amount_short(progress.target_tco2, t)
        below = t("{share} of the target of {target}", share=share, target=goal)
        return Figure(label, amount(progress.by_target_year_tco2, t), below)


@dataclass(frozen=True)
class Contents:
    """What an audience is shown: the target page of its selection, what is said first, and the sections.

    `message` and `takeaways` replace those of the target page on the one slide, `squares` its chart.
    """

    title: str
    subtitle: str
    answer: str
    part: TargetPart
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    message: str = ""
    takeaways: tuple[str, ...] = ()
    squares: Squares | None = None


def target_part(desk: Desk, selection: Selection) -> TargetPart:
    """The target page of a selection."""
    return TargetPart(desk.page(target, selection))


def cumulative_section(part: TargetPart, t: Texts, *, to_targets: bool) -> Section:
    """Cumulative tonnes by fiscal year beside the targets."""
    tile = part.page.tile("cumulative")
    if not to_targets:  # the pace to a target is not asked of a part of the whole
        tile = replace(tile, sentence=part.answer)
    chart = figures.cumulative_figure(part.content, tile, t, to_targets=to_targets)
    is_known = any(v for one in chart.series for v in one.values)
    notes = () if to_targets else (t("The targets lie far beyond the axis of a part of the whole"),)
    finding = headline.answer(part.content, t)[1]
    return section_of(tile, chart=chart if is_known else None, notes=notes, finding=finding)


def ladder_section(part: TargetPart, t: Texts) -> Section:
    """The ladder with numbers."""
    names = rung_names(t)
    marks = tuple(
        t("{rung}: {reported}", rung=names[row["rung"]], reported=reported(row["reported_tco2"], t))
        for row in part.content.ladder
        if row["reported_tco2"]
    )
    return section_of(
        part.page.tile("ladder"),
        grid=ladder_grid(part.content, t),
        notes=(t("Each stage of issuance is a part of the one before; they are not added up"), *marks),
    )


def gap_section(part: TargetPart, t: Texts) -> Section:
    """The gap and the pace that would close it."""
    tile = part.page.tile("gap")
    chart = figures.pace_figure(part.content, tile, t)
    grid = gap_grid(part.content, t)
    return section_of(tile, chart=chart, grid=grid, finding=headline.needed(part.content, t))


def verified_section(part: TargetPart, t: Texts) -> Section:
    """What was decided, issued and shared, by the years of the reductions."""
    tile = part.page.tile("verified")
    picks: Picks = ["year", *(Pick(f"{rung}_low", f"{rung}_high") for rung in figures.VERIFIED)]
    return section_of(tile, picks, chart=figures.verified_figure(part.content, tile, t))


def statements_section(part: TargetPart) -> Section:
    """What officials stated beside our records: only what can be compared, latest first."""
    tile = part.page.tile("statements")
    rows = [r for r in table_of(tile).rows if r["is_comparable"] and r["our_value"] is not None]
    rows.sort(key=lambda r: -(r["as_of_on"].toordinal() if r["as_of_on"] else 0))
    picks = (
        "metric",
        "scope",
        "as_of_on",
        "stated_value",
        "unit",
        Pick("our_value", "our_high_value"),
        "coverage",
    )
    finding = sentences_of(tile.sentence)[-1]
    return section_of(tile, picks, rows=rows, rows_at_most=ROWS_OF_A_LIST, finding=finding)


def milestones_section(part: TargetPart, t: Texts) -> Section:
    """What was decided, latest first."""
    tile = part.page.tile("milestones")
    picks = ("milestone_on", "kind", "title")
    finding = latest_milestone(tile, t)
    tile = replace(tile, sentence=t("Decisions, rules and first issuances, the latest first."))
    return section_of(tile, picks, rows_at_most=ROWS_OF_A_LIST, finding=finding)


def latest(day: str, what: str, t: Texts) -> str:
    """What happened last, as the message of a list of events."""
    return t("The latest is of {day}: {what}.", day=day, what=what)


def latest_milestone(tile: Tile, t: Texts) -> str:
    """The first of the milestones, which stand latest first; empty for none."""
    for row in table_of(tile).rows[:1]:
        day = t.partial_day(row["milestone_on"], row["milestone_precision"])
        return latest(day, stated(t.pick(row["title_en"], row["title_ja"]), t), t)
    return ""


def most_expected(groups: Sequence[figures.Group], t: Texts) -> str:
    """The group of which most is expected; empty where nothing is."""
    name, tco2, _ = max(
        (one for one in groups if one[1]), key=lambda one: one[1] or 0, default=("", None, None)
    )
    # Sectors have their number before their name, which is for tables.
    name = name.lstrip("0123456789 ")
    return t("Most is expected of {name}: {tonnes}.", name=name, tonnes=amount_short(tco2, t)) if tco2 else ""


def projects_section(tile: Tile, picks: Picks) -> Section:
    """A list of projects with some columns of its own, the largest first; those without an estimate come last."""
    table = table_of(tile)
    t = table.t
    rows = sorted(
        table.rows, key=lambda row: -1 if row["annual_tco2"] is None else row["annual_tco2"], reverse=True
    )
    known = sum(row["annual_tco2"] is not None for row in rows)
    finding = ""
    if known:
        finding = t(
            "{known} of {all} projects state an annual estimate, the largest {tonnes}: {title}.",
            known=t.number(known),
            all=t.number(len(rows)),
            tonnes=tonnes(rows[0]["annual_tco2"], t),
            title=title_of(rows[0], t),
        )
    picks = ("project_id", "title", *picks, *PROJECT_PICKS)
    return section_of(tile, picks, rows=rows, finding=finding)


def limits_of(content: TargetContent, t: Texts) -> tuple[str, ...]:
    """What the figures do not cover, in sentences."""
    return (
        coverage_short(content, t),
        issued_coverage(content, t),
        t(
            "Expected totals are the sum of the stated estimates only: nothing is scaled up for projects without an estimate."
        ),
        t("Amounts of many issuance decisions are not stated; what no source states is shown as not known."),
        t("Assumed starts and lifetimes carry a code and a reason; see “Data and methods”."),
        t("An independent compilation of public statements, not a publication of a government."),
    )
