"""Pages on credits, methods, data, sources, the dictionary and changes."""

from markupsafe import Markup

from exports.briefing.programme import CREDITS, credits_sections
from exports.changes.feed import Entry, entries_of
from exports.site.page import Part, SitePage, part_of, shown
from exports.site.subjects import Subjects
from model.fiscal_year import a_year_before
from model.ladder import RUNG_BY_CODE, RUNGS
from model.ledger.rules import FIRST_VINTAGE
from queries.editions import difference_between
from queries.runner import ask
from view.changes import page as changes
from view.changes.sentences import answer as changes_answer
from view.changes.sentences import edition_words, summary
from view.credits import page as credits_page
from view.data import page as data_page
from view.data.way import steps_of_a_tonne
from view.ledger import page as ledger
from view.marks.table import Table
from view.methods import Section
from view.methods import summary as build_summary
from view.tiles import Tile

_ON_METHODS = ("targets", "assumptions", "headline", "sensitivity")
_ALONE = ("sources", "dictionary")
"""Sections with a page of their own; the others are on that of the data."""


def credits_of(made: Subjects) -> SitePage:
    """What was decided and issued, to whom it went, and where every tonne stands."""
    desk, t = made.edition.desk, made.t
    page = desk.page(credits_page, desk.selection(), CREDITS)
    entries = desk.page(ledger, desk.selection()).tile("article6_entries")
    shared, events = credits_sections(desk, desk.selection(), rows_at_most=None)
    return SitePage(
        path="credits.html",
        room="credits",
        title=t("Credits"),
        answer=credits_page.answer_html(page.content, t).striptags(),
        under=credits_page.under(page.content, t),
        parts=[
            *made.parts("verified"),
            _of_tile(page.tile("official_years")),
            _of_tile(page.tile("vintages")),
            part_of(shared, t),
            *made.parts("ledger_states"),
            _of_tile(entries),
            part_of(events, t),
            _of_tile(page.tile("stated_credits")),
        ],
        live=made.edition.live("credits"),
        picture="credits",
    )


def _of_tile(tile: Tile) -> Part:
    """A tile with its typed table as the page of the app writes it."""
    rows = tile.rows()
    return Part(
        key=tile.key,
        title=tile.heading,
        sentence=tile.explanation,
        grid=shown(tile.table) if isinstance(tile.table, Table) else None,
        notes=tile.notes,
        coverage=tile.coverage,
        query=tile.query,
        data=rows if rows.num_rows else None,
    )


class Methods:
    """The sections of the page on data and methods, read once for four pages of the site."""

    def __init__(self, made: Subjects) -> None:
        self.made, self.t = made, made.t
        desk = made.edition.desk
        answers = ask(desk.warehouse, data_page.questions(desk.context(desk.selection())))
        # Ages are told as of the day of the data: the same version makes the same page.
        found = data_page.sections_of(answers, desk.warehouse.data_as_of, made.t)
        self.sections = {section.key: section for section in found}
        self.build = desk.warehouse.run("build_info").to_pylist()[0]

    def _part(self, section: Section) -> Part:
        table = Table(section.columns, section.rows, self.t)
        grid = shown(table)
        return Part(
            section.key,
            section.title,
            section.sentence if grid else f"{section.sentence}{self.t.gap}{self.t('None.')}",
            grid=grid,
            data=table.arrow() if grid else None,
        )

    def methods(self) -> SitePage:
        """How a tonne gets from a document to each rung, in prose, and what the headline rests on."""
        t = self.t
        return SitePage(
            path="methods.html",
            room="methods",
            title=t("Methods"),
            answer=t("How a tonne gets from a document to each stage"),
            under=t(
                "One step after the other, from what a document states to what counts. Tonnes of different stages are never added, and"
                " an expectation is never told as a result."
            ),
            intro=self._way() + self._terms(),
            parts=[self._part(self.sections[key]) for key in _ON_METHODS if key in self.sections],
            live=self.made.edition.live("methods"),
            picture="methods",
        )

    def _way(self) -> Markup:
        item = Markup("<li><h2>{}</h2>{}<p>{}</p></li>")
        name = Markup('<p class="stage"><i class="sign area-{}"></i>{}</p>')
        steps = (
            item.format(
                step.title,
                name.format(step.rung, self._rung(step.rung)) if step.rung else Markup(""),
                step.text,
            )
            for step in steps_of_a_tonne(FIRST_VINTAGE, self.t)
        )
        return Markup('<ol class="way">{}</ol>').format(Markup("").join(steps))

    def _rung(self, code: str) -> str:
        rung = RUNG_BY_CODE[code]
        return self.t.pick(rung.name_en, rung.name_ja)

    def _terms(self) -> Markup:
        pick = self.t.pick
        rows = Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(
                pick(r.name_en, r.name_ja), pick(r.meaning_en, r.meaning_ja)
            )
            for r in RUNGS
        )
        return Markup('<section><h2 id="terms">{}</h2><dl>{}</dl></section>').format(
            self.t("What each stage is"), rows
        )

    def data(self, downloads: Markup) -> SitePage:
        """The files to take away, then how fresh, checked and complete the record is."""
        t, apart = self.t, {*_ON_METHODS, *_ALONE}
        return SitePage(
            path="data.html",
            room="data",
            title=t("Data"),
            answer=t("Take the data away"),
            under=build_summary(self.build, t),
            intro=downloads,
            parts=[self._part(one) for key, one in self.sections.items() if key not in apart],
            live=self.made.edition.live("downloads"),
            picture="data",
        )

    def alone(self, key: str) -> SitePage:
        """A section with a page of its own."""
        section = self.sections[key]
        return SitePage(
            path=f"{key}.html",
            room="data",
            title=section.title,
            answer=section.sentence,
            under=self.made.edition.desk.as_of,
            parts=[self._part(section)],
            live=self.made.edition.live("methods"),
            picture="data",
            crumbs=((self.t("Data"), "data.html"), (section.title, "")),
        )


def changes_of(made: Subjects) -> SitePage:
    """What differs from a year before, and month by month what became known."""
    desk, t = made.edition.desk, made.t
    warehouse, last = desk.warehouse, desk.warehouse.data_as_of
    first = a_year_before(last, warehouse.first_on)
    found = difference_between(warehouse, first, warehouse, last)
    page = desk.page(changes, desk.selection(), {"found": found})
    return SitePage(
        path="changes.html",
        room="changes",
        title=t("What has changed"),
        answer=changes_answer(found, t),
        under=t(
            "From {old} to {new}",
            old=edition_words(found.old.data_version, found.old.as_of, t),
            new=edition_words(found.new.data_version, found.new.as_of, t),
        ),
        parts=[
            *(_of_tile(page.tile(key)) for key in page.keys),
            *(
                Part(anchor_of(one), one.title, summary(one.found, t))
                for one in sorted(entries_of(warehouse, t), key=lambda e: e.day, reverse=True)
            ),
        ],
        live=made.edition.live("changes"),
        picture="changes",
    )


def anchor_of(entry: Entry) -> str:
    """Where an entry of the feed stands on the page of changes."""
    return entry.key.replace(":", "-")
