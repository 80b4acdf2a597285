"""The sectors page: sectors and technologies beside each other and across partner countries."""

from queries.runner import Answers, Questions
from view.marks.markup import titled
from view.page import Page, PageContext
from view.sectors import cumulative_chart as cumulative
from view.sectors import delivery, durations, group_table, heat_map, sentences
from view.sectors.content import SectorsContent


def questions(context: PageContext) -> Questions:
    """What the page asks; choices are `by` (sector or technology) and `cell` of the heat map."""
    selection, (first, last) = context.selection, context.target_years
    by, cell = context.choice["by"], context.choice["cell"]
    filters = selection.filters()
    grouped = {**filters, "by": by}
    series: dict[str, object] = {**grouped, "dated_by": selection.dating, "share": selection.share}
    return {
        "ladder_by_group": {**series, "until_fiscal_year": first},
        "ladder_by_group:later": {**series, "until_fiscal_year": last},
        "reductions_by_group": {**series, "year_basis": selection.year_basis, "measure": "rungs"},
        "sector_by_country": {**series, "until_fiscal_year": last if cell == "far" else first},
        "sector_sizes": grouped,
        "sector_names": {"by": by},
        "durations": filters,
        "delivery_ratio": filters,
    }


def page_of(context: PageContext, answers: Answers) -> Page[SectorsContent]:
    """Every sentence, figure and table of the page."""
    t, theme = context.t, context.theme
    content = SectorsContent(context, answers)
    tile = context.tile_maker(answers)

    def expected() -> str:
        return sentences.coverage(content, t)

    def heat_coverage() -> str:
        return sentences.decided_coverage(content, t) if content.cell == "notified" else expected()

    tiles = {
        "groups": lambda: tile(
            "ladder_by_group",
            f"{expected()} · {sentences.decided_coverage(content, t)}",
            title=group_table.table_title(content, t),
            told=sentences.table_told(content, t),
            body=group_table.group_html(content, t, theme),
            table=group_table.group_table(content, t),
            notes=(t("Sizes: projects that count and state an annual estimate"),),
        ),
        "build_up": lambda: tile(
            "reductions_by_group",
            expected(),
            title=cumulative.cumulative_title(content, t),
            told=cumulative.cumulative_told(content, t),
            figure=cumulative.cumulative_chart(content, t, theme),
            course=cumulative.cumulative_course(content, t),
            height=620,
            table=cumulative.cumulative_table(content, t),
        ),
        "heat": lambda: tile(
            "sector_by_country",
            heat_coverage(),
            title=heat_map.heat_title(content, t),
            told=heat_map.heat_told(content, t),
            body=heat_map.heat_map(content, t, theme),
            table=heat_map.heat_table(content, t),
        ),
        "durations": lambda: tile(
            "durations",
            durations.durations_coverage(content, t),
            title=durations.durations_title(t),
            told=durations.durations_told(content, t),
            body=durations.durations_html(content, t),
            table=durations.durations_table(content, t),
            notes=durations.durations_notes(t),
        ),
        "delivery": lambda: tile(
            "delivery_ratio",
            delivery.delivery_coverage(content, t),
            title=delivery.delivery_title(t),
            told=delivery.delivery_told(content, t),
            body=delivery.delivery_html(content, t),
            table=delivery.delivery_table(content, t),
            notes=delivery.delivery_notes(t),
        ),
    }
    return Page(
        content, lambda: titled(sentences.answer(content, t), sentences.under_answer(content, t)), tiles
    )
