"""Sections that more than one audience is shown, made of the tiles of the pages, with their figures and tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from exports.briefing import figures
from exports.briefing.document import Chart, Figure, Grid, Section
from exports.briefing.grids import (
    Columns,
    as_mark,
    as_share,
    as_text,
    as_tonnes,
    as_year,
    gap_grid,
    grid_of,
    ladder_grid,
    rung_names,
)
from exports.briefing.request import Request
from model.progress import Progress
from queries.runner import Questions, ask
from queries.warehouse import Warehouse
from view.amounts import amount, amount_short, between, reported
from view.names import Names, filter_options, names_of
from view.page import C, Page, PageContext, Subject, context_of
from view.selection import Selection
from view.target import page as target
from view.target import sentences
from view.target.content import TargetContent
from view.texts import Texts
from view.tiles import Tile, TileMaker

ROWS_OF_A_LIST = 14
"""Rows of a long table that stand in the paper; the workbook holds all."""


@dataclass(frozen=True)
class Desk:
    """What every part needs: the warehouse, the request, texts and names."""

    warehouse: Warehouse
    request: Request
    t: Texts
    names: Names

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


def section_of(
    tile: Tile,
    chart: Chart | None = None,
    grid: Grid | None = None,
    *,
    notes: tuple[str, ...] = (),
    is_annex: bool = False,
) -> Section:
    """A section with everything that the tile carries."""
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
        is_annex=is_annex,
    )


def cut_off(shown: int, rows: int, t: Texts) -> tuple[str, ...]:
    """Says how many rows a table leaves to the workbook; nothing where it holds all."""
    if rows <= shown:
        return ()
    return (t("{shown} of {n} rows; the workbook holds all", shown=t.number(shown), n=t.number(rows)),)


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
        """The answer of the page, as plain text."""
        return sentences.answer(self.content, self.content.context.t)[1]

    def tile(self, key: str) -> Tile:
        """A tile of the page."""
        return self.page.tile(key)

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
            share, target = between(near.share, most.share, t, as_share), amount_short(near.target_tco2, t)
            below += " · " + t("{share} of the target of {target}", share=share, target=target)
        if decided["reported_tco2"]:
            below += " · " + reported(decided["reported_tco2"], t)
        return Figure(label, between(decided["tco2_low"], decided["tco2_high"], t), below)

    def _expected(self, progress: Progress, t: Texts) -> Figure:
        label = t("Expected by {year}", year=t.year(progress.target_fiscal_year))
        projects, with_estimate = self.content.projects_counted()
        if not with_estimate:
            return Figure(label, "–", t("no estimate stated") if projects else t("no project"))
        share, target = t.percent(progress.share), amount_short(progress.target_tco2, t)
        below = t("{share} of the target of {target}", share=share, target=target)
        return Figure(label, amount(progress.by_target_year_tco2, t), below)


def target_part(desk: Desk, selection: Selection) -> TargetPart:
    """The target page of a selection."""
    return TargetPart(desk.page(target, selection))


def cumulative_section(part: TargetPart, t: Texts, *, to_targets: bool) -> Section:
    """Cumulative tonnes by fiscal year beside the targets."""
    tile = part.tile("cumulative")
    if not to_targets:  # the pace to a target is not asked of a part of the whole
        tile = replace(tile, sentence=part.answer)
    chart = figures.cumulative_figure(part.content, tile.title, tile.sentence, t, to_targets=to_targets)
    is_known = any(v for one in chart.series for v in one.values)
    notes = () if to_targets else (t("The targets lie far beyond the axis of a part of the whole"),)
    return section_of(tile, chart if is_known else None, notes=notes)


def ladder_section(part: TargetPart, t: Texts) -> Section:
    """The ladder with numbers."""
    names = rung_names(t)
    marks = tuple(
        t("{rung}: {reported}", rung=names[row["rung"]], reported=reported(row["reported_tco2"], t))
        for row in part.content.ladder
        if row["reported_tco2"]
    )
    return section_of(
        part.tile("ladder"),
        grid=ladder_grid(part.content, t),
        notes=(t("Each rung of issuance is a part of the one before; they are not added up"), *marks),
    )


def gap_section(part: TargetPart, t: Texts) -> Section:
    """The gap and the pace that would close it."""
    tile = part.tile("gap")
    return section_of(
        tile, figures.pace_figure(part.content, tile.title, tile.sentence, t), gap_grid(part.content, t)
    )


def verified_section(part: TargetPart, t: Texts) -> Section:
    """What was decided, issued and shared, by the years of the reductions."""
    tile = part.tile("verified")
    columns: Columns = [(0, as_text), ((1, 2), as_tonnes), ((3, 4), as_tonnes), ((5, 6), as_tonnes)]
    return section_of(
        tile,
        figures.verified_figure(part.content, tile.title, tile.sentence, t),
        grid_of(tile.rows(), columns, t),
    )


def statements_section(part: TargetPart, t: Texts) -> Section:
    """What officials stated beside our records: only what can be compared, latest first."""
    tile = part.tile("statements")
    table = tile.rows()
    rows = part.content.statements
    comparable = [i for i, row in enumerate(rows) if row["is_comparable"] and row["our_value"] is not None]
    comparable.sort(key=lambda i: -(rows[i]["as_of_on"].toordinal() if rows[i]["as_of_on"] else 0))
    dated = table.take(comparable) if comparable else table.slice(0, 0)
    columns: Columns = [
        (0, as_text),
        (2, as_text),
        (1, as_text),
        (3, as_text),
        (4, as_text),
        ((5, 6), as_text),
        (7, as_share),
    ]
    return section_of(
        tile,
        grid=grid_of(dated, columns, t, rows_at_most=ROWS_OF_A_LIST),
        notes=cut_off(ROWS_OF_A_LIST, len(comparable), t),
    )


def milestones_section(part: TargetPart, t: Texts) -> Section:
    """What was decided, latest first."""
    tile = part.tile("milestones")
    return section_of(
        tile,
        grid=grid_of(tile.rows(), [(i, as_text) for i in range(3)], t, rows_at_most=ROWS_OF_A_LIST),
        notes=cut_off(ROWS_OF_A_LIST, tile.rows().num_rows, t),
        is_annex=True,
    )


def projects_section(tile: Tile, t: Texts, *, rows_at_most: int | None = None) -> Section:
    """A list of projects, as the profile of a country shows it."""
    columns: Columns = [
        (0, as_text),
        (1, as_text),
        (2, as_text),
        (3, as_text),
        (4, as_year),
        (6, as_tonnes),
        ((7, 8), as_text),
    ]
    shown = rows_at_most or tile.rows().num_rows
    return section_of(
        tile,
        grid=grid_of(tile.rows(), columns, t, rows_at_most=rows_at_most, where_any=[(9, as_mark)]),
        notes=cut_off(shown, tile.rows().num_rows, t),
    )


def limits_of(content: TargetContent, t: Texts) -> tuple[str, ...]:
    """What the figures do not cover, in sentences."""
    return (
        sentences.coverage_short(content, t),
        sentences.issued_coverage(content, t),
        t(
            "Expected totals are the sum of the stated estimates only: nothing is scaled up for projects without an estimate."
        ),
        t("Amounts of many issuance decisions are not stated; what no source states is shown as not known."),
        t("Assumed starts and lifetimes carry a code and a reason; see “Data and methods”."),
        t("An independent compilation of public statements, not a publication of a government."),
    )
