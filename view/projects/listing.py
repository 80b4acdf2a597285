"""The list of projects: totals, facets, one page of rows, and the whole selection as a table."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pyarrow as pa

from model.filters import FILTER
from model.search_text import search_words
from queries.runner import Answers, Questions, Row
from view.amounts import amount_short, as_reported, between, tonnes, tonnes_between
from view.control_words import filter_labels
from view.coverage_words import estimates_known
from view.marks.markup import joined, titled
from view.marks.table import DASH, ONE_LINE, Column, Markup, Table, escape, linked, small
from view.page import Page, PageContext
from view.projects.content import estimate_bases, has_no_schedule
from view.projects.listing_content import ROWS_A_PAGE, Listing
from view.stated_words import title_of
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
TCO2 = "tCO2"
FACET_VALUES = 6
USUAL_SORT = "project"
USUAL_COLUMNS = ("country", "technology", "stage", "selected", "annual", "expected", "notified")


def questions(context: PageContext) -> Questions:
    """What the page asks; choices are `search`, `sort`, `columns` and `page`. The rows of one page are asked later."""
    search, sort = context.choice["search"], context.choice["sort"]
    chosen = {**context.selection.filters(), "words": search_words(search) or None}
    years = dict(zip(("first_year", "last_year"), context.target_years, strict=True))
    facets = {
        f"project_facet:{key}": {**chosen, one.parameter: None, "by": key} for key, one in FILTER.items()
    }
    return {
        "project_totals": {**chosen, **years},
        "project_totals:all": {"as_of": context.selection.as_of},
        **facets,
        "projects": {**chosen, **years, "sort": sort},
    }


def page_of(context: PageContext, answers: Answers) -> Page[Listing]:
    """The list of one selection."""
    listing = Listing(context, answers)
    tile = context.tile_maker(answers)
    return Page(
        listing,
        lambda: titled(sentence_of(listing, context.t)),
        {"projects": lambda: list_tile(listing, context.link, tile, context.t)},
    )


def column_names(listing_years: tuple[int, int], t: Texts) -> dict[str, str]:
    """Columns that a reader can choose, with their headings."""
    first, last = (t.year(year) for year in listing_years)
    return {
        "country": t("Partner country"),
        "sector": t("Sector"),
        "technology": t("Technology"),
        "programme": t("Programme"),
        "funding": t("Funding"),
        "stage": t("Stage"),
        "selected": t("Selected"),
        "registered": t("Registered on"),
        "start": t("Start of operation"),
        "annual": t("Annual estimate"),
        "expected": t("Expected by {year}", year=first),
        "expected_last": t("Expected by {year}", year=last),
        "notified": t("Issuance decided"),
        "place": t("Place"),
        "methodology": t("Methodology"),
        "japanese": t("Japanese participants"),
        "partner": t("Partner participants"),
    }


def sort_names(t: Texts) -> dict[str, str]:
    """Orders of the list; every one ends with the number of the project."""
    return {
        "project": t("Number"),
        "annual": t("Annual estimate, largest first"),
        "expected": t("Expected, largest first"),
        "selected": t("Selection, latest first"),
        "registered": t("Registration, latest first"),
        "country": t("Partner country"),
        "stage": t("Stage"),
        "technology": t("Technology"),
    }


def sentence_of(listing: Listing, t: Texts) -> str:
    """The filter in one sentence."""
    n = listing.chosen["projects"]
    if listing.search and listing.filters_text:
        return t.count(
            "{n} project with “{search}”: {filters}.",
            "{n} projects with “{search}”: {filters}.",
            n,
            search=listing.search,
            filters=listing.filters_text,
        )
    if listing.search:
        return t.count(
            "{n} project with “{search}”.", "{n} projects with “{search}”.", n, search=listing.search
        )
    if listing.filters_text:
        return t.count("{n} project: {filters}.", "{n} projects: {filters}.", n, filters=listing.filters_text)
    return t.count("{n} project, no filter chosen.", "{n} projects, no filter chosen.", n)


def totals_html(listing: Listing, t: Texts) -> Markup:
    """Total and selected, always side by side."""
    first, last = (t.year(year) for year in (listing.first_year, listing.last_year))

    def sums(low: str, label: str, high: str | None = None) -> Column[Row]:
        return Column(
            low, label, cell=lambda r: between(r[low], r[high or low], t, amount_short), is_figure=True
        )

    table: Table[Row] = Table(
        (
            Column("label", "", is_head=True),
            Column("projects", t("Projects"), "number"),
            Column("counted", t("counted"), "number"),
            Column("with_estimate", t("with an estimate"), "number"),
            sums("annual_tco2", t("Annual estimates")),
            sums("expected_first_tco2", t("Expected by {year}", year=first)),
            sums("expected_last_tco2", t("Expected by {year}", year=last)),
            sums("notified_low_tco2", t("Issuance decided"), "notified_high_tco2"),
        ),
        [
            {**listing.total, "label": t("Total"), "css": ""},
            {**listing.chosen, "label": t("In this selection"), "css": "jcm-strong"},
        ],
        t,
        row_css=lambda r: str(r["css"]),
    )
    low, high = listing.total["shared_events_low_tco2"], listing.total["shared_events_high_tco2"]
    if not high:
        return table.html()
    note = t(
        "A further {tonnes} were decided for several projects together or for projects not named; they belong to no single"
        " project and stand in the totals of the countries.",
        tonnes=tonnes_between(low, high, t),
    )
    return table.html() + _sentence(note)


def _sentence(*parts: str) -> Markup:
    return Markup('<p class="jcm-sentence">{}</p>').format(Markup("").join(parts))


def facets_html(listing: Listing, link: Link, t: Texts) -> Markup:
    """For each filter the values with the most projects, under the other filters, each a link that sets it."""
    labels, parts = filter_labels(t), Markup("")
    for key, rows in listing.facets.items():
        items = Markup("")
        for row in rows[:FACET_VALUES]:
            name = listing.names[key].get(row["value"], row["value"])
            value = linked(link("projects", **{key: row["value"]}, **_search(listing)), name)
            items += Markup("<li>{} <span>{}</span></li>").format(value, t.number(row["projects"]))
        rest = len(rows) - FACET_VALUES
        if rest > 0:
            items += Markup("<li><span>{}</span></li>").format(t("{n} more", n=t.number(rest)))
        parts += Markup('<div><h3>{}</h3><ul class="jcm-facet">{}</ul></div>').format(labels[key][1], items)
    name = t("Projects by value of each filter")
    return Markup('<nav class="jcm-facets" aria-label="{}">{}</nav>').format(name, parts)


def _search(listing: Listing) -> dict[str, str | Sequence[str]]:
    """What a link to another page or part of the list keeps: search, order and columns."""
    kept: dict[str, str | Sequence[str]] = {"q": listing.search} if listing.search else {}
    if listing.sort != USUAL_SORT:
        kept["sort"] = listing.sort
    if tuple(listing.columns) != USUAL_COLUMNS:
        kept["column"] = tuple(listing.columns)
    return kept


def rows_html(listing: Listing, link: Link, t: Texts) -> Markup:
    """One page of the list."""
    if not listing.rows:
        return _sentence(nothing_found(listing, t))
    columns = columns_of(listing, link, t)
    shown = [columns[key] for key in ("project", *listing.columns)]
    return Table(shown, listing.rows, t, css="jcm-projects").html()


def columns_of(listing: Listing, link: Link, t: Texts) -> dict[str, Column[Row]]:
    """Columns by the name under which one is chosen; the others are in files alone, where codes stay codes."""
    names = column_names((listing.first_year, listing.last_year), t)
    bases, first, last = estimate_bases(t), listing.first_year, listing.last_year

    def project(row: Row) -> Markup:
        number = as_reported(row["project_id"], t) if row["is_reported"] else row["project_id"]
        return linked(link("project", project=row["project_id"]), title_of(row, t)) + small(number)

    def start(row: Row) -> str:
        if not row["start_on"]:
            return t("no schedule") if has_no_schedule(row) else DASH
        basis = {"stated": "", "verified": t("by the verified period")}.get(row["start_basis"], t("assumed"))
        return escape(t.day_short(row["start_on"])) + small(basis)

    def tonnage(row: Row, key: str) -> str:
        return DASH if row[key] is None else tonnes(row[key], t)

    def annual(row: Row) -> Markup:
        return escape(tonnage(row, "annual_tco2")) + small(bases.get(row["annual_basis"], ""))

    def expected(choice: str, key: str, year: int) -> Column[Row]:
        return Column(
            key,
            t("Tonnes by FY{year} (tCO2)", year=year),
            "tonnes",
            cell=lambda r: t("no schedule") if has_no_schedule(r) else tonnage(r, key),
            page_label=names[choice],
        )

    def coded(choice: str, key: str) -> Column[Row]:
        known = listing.names[choice]
        return Column(key, names[choice], cell=lambda r: known.get(str(r[key]), r[key] or DASH))

    return {
        "project": Column("project_id", t("Project"), cell=project, is_head=True),
        "title_en": Column("title_en", t("Title, English"), cell=None),
        "title_ja": Column("title_ja", t("Title, Japanese"), cell=None),
        "country": Column("iso3", names["country"], "country", cell=lambda r: t.country(r["iso3"])),
        "sector": coded("sector", "sector_number"),
        "technology": coded("technology", "technology"),
        "programme": coded("programme", "programme"),
        "funding": coded("funding", "funding"),
        "stage": Column("stage", names["stage"], cell=lambda r: _stage(r, listing.names, t), css=ONE_LINE),
        "selected": Column(
            "fy_selected",
            names["selected"],
            cell=lambda r: t.year(r["fy_selected"]) if r["fy_selected"] else DASH,
            css=ONE_LINE,
        ),
        "registered": Column("registered_on", names["registered"], "day", css=ONE_LINE),
        "start": Column("start_on", names["start"], "day", cell=start, css=ONE_LINE),
        "start_basis": Column("start_basis", t("Start: basis"), cell=None),
        "annual": Column(
            "annual_tco2", t("Annual estimate (tCO2)"), "tonnes", cell=annual, page_label=names["annual"]
        ),
        "annual_basis": Column("annual_basis", t("Estimate: basis"), cell=None),
        "expected": expected("expected", "expected_first_tco2", first),
        "expected_last": expected("expected_last", "expected_last_tco2", last),
        "notified": Column(
            "notified_low_tco2",
            t("Issuance decided, low end (tCO2)"),
            "tonnes",
            cell=lambda r: decided_words(r, t),
            page_label=names["notified"],
        ),
        "notified_high": Column(
            "notified_high_tco2", t("Issuance decided, high end (tCO2)"), "tonnes", cell=None
        ),
        "place": Column("location", names["place"]),
        "methodology": Column("methodology", names["methodology"]),
        "japanese": Column("jp_participants", names["japanese"]),
        "partner": Column("partner_participants", names["partner"]),
        "is_reported": Column("is_reported", t("Rests on reports alone"), cell=None),
    }


def nothing_found(listing: Listing, t: Texts) -> str:
    """What to loosen when nothing is found."""
    if listing.search and listing.selection.is_filtered:
        return t(
            "No project has all these words under these filters. Clear the filters, or search for fewer words."
        )
    if listing.search:
        return t("No project has all these words. Search for fewer words, or for a part of a word.")
    return t("No project fits all filters. Take one away, or clear them.")


def decided_words(row: Row, t: Texts) -> str:
    """Tonnes decided for issuance of a row of the query `projects`."""
    if row["notified_low_tco2"] is not None:
        return tonnes_between(row["notified_low_tco2"], row["notified_high_tco2"], t)
    return t("amount not known") if row["events"] else DASH


def _stage(row: Row, names: Mapping[str, Mapping[str, str]], t: Texts) -> str:
    """The stage; a project that does not count says so."""
    name = names["status"].get(row["stage"], row["stage"])
    is_open = row["stage"] not in {"withdrawn", "study"} and not row["in_target_scope"]
    return t("{stage}, not counted", stage=name) if is_open else name


def list_tile(listing: Listing, link: Link, tile: TileMaker, t: Texts) -> Tile:
    """The list with its totals and facets."""
    pages = page_count(listing)
    where = t(
        "Rows {first} to {last} of {all}",
        first=t.number((listing.page - 1) * ROWS_A_PAGE + 1 if listing.rows else 0),
        last=t.number((listing.page - 1) * ROWS_A_PAGE + len(listing.rows)),
        all=t.number(listing.chosen["projects"]),
    )

    def at(number: int) -> str:
        return link("projects", page=str(number), **_search(listing))

    below = _sentence(where, pager_html(listing.page, pages, at, t))
    return tile(
        "projects",
        estimates_known(listing.chosen["with_estimate"], listing.chosen["projects"], t),
        title=t("Projects with their stage, expected reductions and issuance decided"),
        sentence=sentence_of(listing, t),
        body=joined(
            (totals_html(listing, t), facets_html(listing, link, t), rows_html(listing, link, t), below)
        ),
        table=partial(whole_table, listing, link, t),
    )


def page_count(listing: Listing) -> int:
    """Pages of the list, at least one."""
    return max(1, -(-int(listing.chosen["projects"]) // ROWS_A_PAGE))


def pager_html(page: int, pages: int, at: Callable[[int], str], t: Texts) -> Markup:
    """Links to the page before and the page after; `at` gives the address of a page."""
    steps = ((page - 1, t("Previous page")), (page + 1, t("Next page")))
    return Markup("").join(
        Markup(" · {}").format(linked(at(number), name)) for number, name in steps if 1 <= number <= pages
    )


def whole_table(listing: Listing, link: Link, t: Texts) -> pa.Table:
    """All rows of the selection."""
    return Table(list(columns_of(listing, link, t).values()), listing.whole(), t).arrow()
