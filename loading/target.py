"""The target page, which the profile of a country and a briefing show for their part."""

from loading.record import build_of, latest_target_years, targets_of
from queries.runner import Answers, Questions, ask
from queries.warehouse import Warehouse
from view.selection import Selection
from view.target.content import Content


def _questions(selection: Selection, years: tuple[int, int]) -> Questions:
    """`years` are the fiscal years of the nearest and the farthest target."""
    filters = selection.filters()
    series: dict[str, object] = {**filters, "dated_by": selection.dating, "share": selection.share}
    measure = "combined" if selection.measure == "combined" else "rungs"
    return {
        "reductions_by_year": {**series, "year_basis": selection.year_basis, "measure": measure},
        "reductions_by_year:fiscal": {**series, "year_basis": "fiscal", "measure": measure},
        "reductions_by_year:rungs": {**series, "year_basis": "fiscal", "measure": "rungs"},
        "ladder": {**series, "until_fiscal_year": years[0]},
        "ladder:later": {**series, "until_fiscal_year": years[1]},
        "events_beside_the_chart": filters,
        "targets": {"as_of": selection.as_of},
        "milestones": {"as_of": selection.as_of},
        "reconciliation": {"as_of": selection.as_of},
        "issuances": filters,
    }


def load_target(warehouse: Warehouse, selection: Selection, filters_text: str) -> tuple[Content, Answers]:
    """Asks the questions of the target page; the profile of a country shows the same figures for it alone."""
    years = latest_target_years(warehouse, selection.as_of)
    answers = ask(warehouse, _questions(selection, years))
    content = Content(
        selection=selection,
        data_version=warehouse.data_version,
        data_as_of=warehouse.data_as_of,
        filters_text=filters_text,
        targets=targets_of(answers["targets"]),
        target_years=years,
        by_year=answers["reductions_by_year"],
        by_fiscal_year=answers["reductions_by_year:fiscal"],
        by_rung=answers["reductions_by_year:rungs"],
        ladder=answers["ladder"],
        ladder_later=answers["ladder:later"],
        milestones=answers["milestones"],
        statements=answers["reconciliation"],
        events=answers["issuances"],
        events_beside=answers["events_beside_the_chart"],
        build=build_of(warehouse),
    )
    return content, answers
