"""What has changed between two days or two data versions."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from model.changes import Effect, Ends, Timing
from model.editions import Difference
from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE, Rung
from queries.runner import Answers, Questions
from view.amounts import amount_short, between
from view.changes.sentences import (
    answer,
    edition_words,
    moved_told,
    not_visible_words,
    timing_meanings,
    timing_names,
    timing_told,
)
from view.changes.wording import Line, issuance_lines, other_lines, project_lines
from view.marks.markup import NOTHING, joined, sentence, titled
from view.marks.table import DASH, ONE_LINE, Column, Markup, Table, escape, linked, small, source_link
from view.page import Content, Page, PageContext
from view.texts import Texts
from view.tiles import Tile

Link = Callable[..., str]
ROWS_AT_MOST = 40
"""Of each group."""
SUM = "sum"
HeadlineRow = tuple[Effect, Effect, Effect | None]
"""The effect on a rung by both target years, and its projects or events; a sum has none of these."""


class Changes(Content):
    """What differs between two editions."""

    @property
    def found(self) -> Difference:
        """The difference."""
        found: Difference = self.context.choice["found"]
        return found


def head_html(found: Difference, t: Texts) -> Markup:
    """The answer and the two editions."""
    under = t(
        "From {old} to {new}",
        old=edition_words(found.old.data_version, found.old.as_of, t),
        new=edition_words(found.new.data_version, found.new.as_of, t),
    )
    return titled(answer(found, t), under)


def signed(tco2: Ends | None, t: Texts) -> str:
    """A difference with its sign; both ends where they differ."""
    return DASH if tco2 is None else between(*tco2, t, with_sign)


def with_sign(tco2: float, t: Texts) -> str:
    """Tonnes with their sign."""
    sign = "+" if tco2 > 0 else "−" if tco2 < 0 else "±"
    return f"{sign}{amount_short(abs(tco2), t)}"


def _amount(tco2: Ends | None, t: Texts) -> str:
    return DASH if tco2 is None else between(*tco2, t, amount_short)


def rung_words(rung: Rung, t: Texts) -> str:
    """Name of a rung; that of the one aside says that it is in no sum."""
    name = t.pick(rung.name_en, rung.name_ja)
    return t("{rung} ({mark})", rung=name, mark=t("in no sum")) if rung.kind == "aside" else name


def headline_table(found: Difference, t: Texts) -> Table[HeadlineRow]:
    """Each rung before and after, by both target years."""

    def figure(place: int, name: str, end: int, label: str, page_label: str) -> Column[HeadlineRow]:
        def ends(row: HeadlineRow) -> Ends | None:
            known: Ends | None = getattr(row[place], name)
            return known

        def in_files(row: HeadlineRow) -> int | None:
            known = ends(row)
            return known and known[end]

        def hidden(row: HeadlineRow) -> str:
            return t("not visible") if name == "before" and row[place].visible_since else ""  # type: ignore[union-attr]

        write = signed if name == "difference" else _amount
        return Column(
            f"{name}_{place}_{end}_tco2",
            label,
            "tonnes",
            value=in_files,
            cell=(lambda row: hidden(row) or write(ends(row), t)) if end == 0 else None,
            page_label=page_label,
        )

    def figures(place: int) -> Iterable[Column[HeadlineRow]]:
        year = t.year(found.new.years[place])
        for end, words in enumerate((t("low end"), t("high end"))):
            before = t("Before, {year}, {end} (tCO2)", year=year, end=words)
            after = t("After, {year}, {end} (tCO2)", year=year, end=words)
            difference = t("Difference, {year}, {end} (tCO2)", year=year, end=words)
            yield figure(place, "before", end, before, t("before, {year}", year=year))
            yield figure(place, "after", end, after, t("after"))
            yield figure(place, "difference", end, difference, t("difference"))

    return Table(
        (
            Column(
                "rung",
                t("Stage"),
                value=lambda row: rung_words(RUNG_BY_CODE[row[0].code], t),
                cell=lambda row: _rung_html(row[0].code, t),
                is_head=True,
            ),
            Column(
                "count",
                t("Projects or events"),
                value=None,
                cell=lambda row: f"{_plain(row[2].before, t)} → {_plain(row[2].after, t)}" if row[2] else "",
                is_figure=True,
            ),
            *figures(0),
            *figures(1),
        ),
        list(zip(found.near, found.far, found.counts, strict=True)),
        t,
        row_css=lambda row: "jcm-sum" if row[0].code == SUM else "",
    )


def headline_html(table: Table[HeadlineRow]) -> Markup:
    """The rungs, and beneath the expected ones their sum."""
    rows = list(table.rows)
    last = next(i for i, row in enumerate(rows) if row[0].code == EXPECTED_RUNGS[-1])
    near, far, _ = zip(*table.rows, strict=True)
    rows.insert(last + 1, (_sum(near), _sum(far), None))
    return replace(table, rows=rows).html()


def _rung_html(code: str, t: Texts) -> Markup:
    if code == SUM:
        return escape(t("Expected, sum"))
    swatch = Markup('<span class="jcm-swatch jcm-fill-{}"></span>').format(code)
    return swatch + rung_words(RUNG_BY_CODE[code], t)


def _plain(value: Ends | None, t: Texts) -> str:
    return DASH if value is None else t.number(value[0])


def _sum(effects: Sequence[Effect]) -> Effect:
    """The expected rungs together; an estimate is one figure, so both ends are equal."""
    own = [e for e in effects if e.code in EXPECTED_RUNGS]
    before, after = (
        sum(ends[0] for ends in some if ends) for some in ([e.before for e in own], [e.after for e in own])
    )
    return Effect(SUM, (before, before), (after, after))


def kind_names(t: Texts) -> dict[str, str]:
    """What happened to a row."""
    return {"added": t("new"), "removed": t("gone"), "changed": t("changed")}


def lines_table(lines: Sequence[Line], link: Link | None, year: int, t: Texts) -> Table[Line]:
    """The changes; a `link` leads to the project."""
    kinds, timings = kind_names(t), timing_names(t)

    def subject(line: Line) -> Markup:
        name = escape(line.subject)
        if link is not None and line.kind != "removed":
            name = linked(link("project", project=line.key), line.subject)
        return name + small(" · ".join(x for x in (line.key if link else "", line.country) if x))

    return Table(
        (
            Column(
                "kind",
                t("Kind"),
                value=lambda x: kinds[x.kind],
                cell=lambda x: escape(kinds[x.kind]) + small(x.own),
                page_label="",
                css=ONE_LINE,
            ),
            Column("timing", t("Since the first day"), value=lambda x: timings[x.timing], cell=None),
            Column("own", t("Own date"), value=lambda x: x.own, cell=None),
            Column("key", t("Key"), value=lambda x: x.key, cell=None),
            Column("subject", t("Subject"), value=lambda x: x.subject, cell=subject, is_head=True),
            Column("country", t("Partner country"), value=lambda x: x.country, cell=None),
            Column("what", t("What changed"), value=lambda x: x.what, css="jcm-what"),
            Column(
                "moved_tco2",
                t("Expected by FY{year}, moved (tCO2)", year=year),
                "tonnes",
                value=lambda x: x.moved_tco2,
                cell=lambda x: "" if x.moved_tco2 is None else with_sign(x.moved_tco2, t),
                page_label=t("by FY{year}", year=year),
            ),
            Column(
                "source",
                t("Source"),
                "source",
                value=lambda x: x.source,
                cell=lambda x: source_link(x.source, t("source")) if x.source.startswith("http") else DASH,
                css=ONE_LINE,
            ),
        ),
        lines,
        t,
        css="jcm-tight jcm-changes jcm-in-columns",
        is_long=True,
    )


def lines_html(table: Table[Line], t: Texts) -> Markup:
    """The changes by what they did between the days; what is more than a page holds is in the table below it."""

    def group(timing: Timing, name: str) -> Markup:
        rows = [row for row in table.rows if row.timing == timing]
        if not rows:
            return NOTHING
        head = Markup('<h3 class="jcm-way">{}</h3>').format(name[0].upper() + name[1:])
        html = head + replace(table, rows=rows[:ROWS_AT_MOST]).html()
        more = len(rows) - ROWS_AT_MOST
        return (
            html + sentence(t("{n} more under “Table, downloads and query” below", n=t.number(more)))
            if more > 0
            else html
        )

    return joined(group(*one) for one in timing_names(t).items())


def _fine_print(found: Difference, t: Texts) -> Iterable[str]:
    if found.not_visible:
        yield not_visible_words(found, t)
    if not found.is_empty:
        yield timing_meanings(t)


def questions(context: PageContext) -> Questions:
    """What the tiles lead to, on the later day; the one choice is `found`, the difference."""
    day: dict[str, object] = {"as_of": context.selection.as_of}
    return dict.fromkeys(("ladder", "projects", "issuances", "milestones"), day)


def page_of(context: PageContext, answers: Answers) -> Page[Changes]:
    """Every tile of the page."""
    t, names = context.t, context.names
    content = Changes(context, answers)
    found = content.found
    coverage = t("Only what our record holds; see the target page for its coverage")
    tile = context.tile_maker(answers)

    def listed(query: str, title: str, lines: Sequence[Line], to: Link | None) -> Tile:
        table = lines_table(lines, to, found.new.years[0], t)
        told = timing_told(Counter(line.timing for line in lines), t)
        body = lines_html(table, t) if lines else " "
        return tile(query, coverage, title=title, told=told, body=body, table=table)

    def rungs() -> Tile:
        table = headline_table(found, t)
        return tile(
            "ladder",
            coverage,
            title=t("Effect on each stage and on both targets"),
            told=moved_told(found, t),
            body=headline_html(table) + joined(sentence(words) for words in _fine_print(found, t)),
            table=table,
        )

    tiles = {
        "changed_rungs": rungs,
        "changed_projects": lambda: listed(
            "projects",
            t("Projects: new, changed and gone"),
            project_lines(found, names, t),
            context.link,
        ),
        "changed_issuances": lambda: listed(
            "issuances",
            t("Decisions on issuance: new, changed and gone"),
            issuance_lines(found, names, t),
            None,
        ),
        "changed_others": lambda: listed(
            "milestones",
            t("Partner countries, Article 6, targets, statements and milestones"),
            other_lines(found, names, t),
            None,
        ),
    }
    return Page(content, lambda: head_html(found, t), tiles)
