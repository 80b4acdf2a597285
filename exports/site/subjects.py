"""Pages on the programme, a country, a sector and a participant: the sections that briefings and pages of the app have."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from markupsafe import Markup

from exports.briefing.country import country_contents
from exports.briefing.document import Section
from exports.briefing.grids import Pick, as_tonnes_if_any
from exports.briefing.parts import PROJECT_PICKS, Contents, limits_of, section_of
from exports.briefing.programme import events_section, programme_contents
from exports.briefing.sector import sector_contents
from exports.site.edition import COUNTRIES, PARTICIPANTS, SECTORS, Edition, path_of
from exports.site.page import Part, SitePage, part_of
from exports.site.squares import inline
from view.participants import listing
from view.participants import profile as participant
from view.participants.words import meaning, name_of
from view.target.hero import hero_alternative, hero_sentence, hero_title

_ON_TARGET = (
    "cumulative",
    "ladder",
    "gap",
    "verified",
    "ranking",
    "statements",
    "fan",
    "counted",
    "milestones",
)
LISTED = {"search": "", "side": "both", "by": "participant", "sort": "projects", "page": None}
"""Choices of the list of participants: all of them."""


class Subjects:
    """Makes the pages of an edition; what the programme as a whole is asked is asked once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.t = edition.t

    @cached_property
    def programme(self) -> Contents:
        """The briefing on the whole programme."""
        return programme_contents(self.edition.desk)

    def section(self, key: str) -> Section | None:
        """A section of that briefing; None where the data have none."""
        return next((one for one in self.programme.sections if one.key == key), None)

    def parts(self, *keys: str) -> list[Part]:
        """Some of its sections, in this order, as parts of a page."""
        return [part_of(found, self.t) for key in keys if (found := self.section(key))]

    def target(self) -> SitePage:
        """The first page: the answer, the hundred squares, the ladder, the years, the countries."""
        found, t = self.programme, self.t
        return SitePage(
            path="index.html",
            room="target",
            title=found.title,
            answer=found.answer,
            under=found.subtitle,
            figures=found.figures,
            intro=self._squares(),
            parts=self.parts(*_ON_TARGET),
            limits=limits_of(found.part.content, t),
            live=self.edition.live("target"),
            picture="target",
        )

    def _squares(self) -> Markup:
        content, squares, t = self.programme.part.content, self.programme.squares, self.t
        if squares is None:
            return Markup("")
        return Markup(
            '<section><h2 id="squares">{}</h2><p>{}</p><figure class="squares"><div role="img" aria-label="{}">{}</div></figure></section>'
        ).format(
            hero_title(content, t),
            hero_sentence(content, t),
            hero_alternative(content, squares, t),
            inline(squares, t.lang),
        )

    def countries(self) -> SitePage:
        """All partner countries in one table."""
        return self._index(COUNTRIES, self.t("Countries"), self.parts("ranking"))

    def sectors(self) -> SitePage:
        """All sectors in one table."""
        return self._index(SECTORS, self.t("Sectors"), self.parts("groups", "sizes"))

    def participants(self) -> SitePage:
        """All participants in one table."""
        desk, t = self.edition.desk, self.t
        page = desk.page(listing, desk.selection(), LISTED)
        tile = page.tile("participants")
        table = listing.participants_table(page.content, page.content.found, page.content.context.link, t)
        picks = (
            "name",
            "side",
            "projects",
            "countries",
            "selected",
            Pick("expected_first_tco2", write=as_tonnes_if_any),
            Pick("notified_low_tco2", "notified_high_tco2", write=as_tonnes_if_any),
        )
        section = section_of(replace(tile, table=table), picks)
        return self._index(PARTICIPANTS, t("Participants"), [part_of(section, t)], tile.sentence)

    def _index(self, kind: str, title: str, parts: list[Part], answer: str = "") -> SitePage:
        return SitePage(
            path=f"{kind}/index.html",
            room=kind,
            title=title,
            answer=answer or next((part.sentence for part in parts), ""),
            under=self.edition.desk.as_of,
            parts=parts,
            live=self.edition.live(kind),
            picture=kind,
        )

    def each_country(self) -> Iterator[SitePage]:
        """A page for every partner country."""
        for code, name in self.edition.subjects[COUNTRIES].items():
            contents = country_contents(self.edition.about(code))
            yield self._of(contents, COUNTRIES, code, name, self.edition.live("country", iso3=code))

    def each_sector(self) -> Iterator[SitePage]:
        """A page for every sector."""
        for code, name in self.edition.subjects[SECTORS].items():
            contents = sector_contents(self.edition.about(code))
            yield self._of(contents, SECTORS, code, name, self.edition.live("sectors", sector=code))

    def _of(self, found: Contents, kind: str, code: str, name: str, live: str) -> SitePage:
        return SitePage(
            path=path_of(kind, code),
            room=kind,
            title=found.title,
            answer=found.answer,
            under=found.subtitle,
            figures=found.figures,
            parts=[part_of(one, self.t) for one in found.sections],
            limits=limits_of(found.part.content, self.t),
            live=live,
            picture=f"{kind}-{code.lower()}",
            crumbs=self._crumbs(kind, name),
        )

    def _crumbs(self, kind: str, name: str) -> tuple[tuple[str, str], ...]:
        words: Mapping[str, str] = {
            COUNTRIES: self.t("Countries"),
            SECTORS: self.t("Sectors"),
            PARTICIPANTS: self.t("Participants"),
        }
        return ((words[kind], f"{kind}/index.html"), (name, ""))

    def each_participant(self) -> Iterator[SitePage]:
        """A page for every participant: its projects, partners and names, without what is asked of a whole."""
        for code, name in self.edition.subjects[PARTICIPANTS].items():
            yield self._participant(code, name)

    def _participant(self, code: str, name: str) -> SitePage:
        desk, t = self.edition.desk, self.t
        page = desk.page(participant, desk.selection(participant=[code]), {"name": code})
        own = page.content.own
        picks = ("project_id", "title", "iso3", "technology", "stage", *PROJECT_PICKS)
        sections = [
            section_of(page.tile("participant_projects"), picks),
            *([events_section(page.tile("issuance_events"), t)] if own and own["events"] else []),
            section_of(
                page.tile("participant_partners"),
                (
                    "name",
                    "side",
                    "projects",
                    "countries",
                    Pick("expected_first_tco2", write=as_tonnes_if_any),
                ),
            ),
            section_of(page.tile("participant_facts"), ("fact", "value", "remark")),
        ]
        return SitePage(
            path=path_of(PARTICIPANTS, code),
            room=PARTICIPANTS,
            title=t("JCM projects of {participant}", participant=name_of(page.content.who, t)),
            answer=participant.answer(page.content, t),
            under=f"{desk.as_of} · {meaning(t)}",
            parts=[part_of(one, t) for one in sections],
            live=self.edition.live("participant", name=code),
            picture=PARTICIPANTS,
            crumbs=self._crumbs(PARTICIPANTS, name),
        )
