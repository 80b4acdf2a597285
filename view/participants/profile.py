"""The profile of one participant: its projects, where and with whom, and what they come to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial

from model.participant_names import plain_name
from queries.runner import Answers, Questions
from view.amounts import amount_short, tonnes_between, with_reported
from view.coverage_words import estimates_known
from view.credits import page as credits_page
from view.marks.markup import joined, keys, titled
from view.marks.table import Column, Markup, Table, linked
from view.page import Asked, Content, Page, PageContext, Rows
from view.participants.listing import reason_names
from view.participants.partners import partners_tile
from view.participants.words import Row, countries_of, meaning, name_of, side_words, some_of
from view.projects.mix import mix_tile
from view.projects.selected import ALL_ROWS, projects_tile
from view.target import page as target
from view.target.courses import cumulative_course
from view.target.coverage import coverage_short
from view.target.cumulative_chart import cumulative_chart, cumulative_title
from view.target.milestone_strip import milestone_keys
from view.target.part import Part, by_day, firsts, part_of
from view.target.year_tables import cumulative_table
from view.texts import Texts, Told, texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
MIXES = ("country", "sector", "technology", "programme")
CREDITS = {"counted": "decision", "by": "country"}
"""Choices of the credits page, of which the profile shows the list of events."""


class ParticipantProfile(Content):
    """What is known of one participant; the one choice is `name`, its key."""

    projects = Asked("projects")
    taking_part = Asked("participants")
    group = Asked("participant_profile")

    @property
    def who(self) -> Row:
        """Its names and its group."""
        found: Row = self.group[0]
        return found

    @cached_property
    def own(self) -> Row | None:
        """What its projects come to; None where none is known on the day."""
        return next((r for r in self.taking_part if r["participant_id"] == self.who["participant_id"]), None)

    @property
    def partners(self) -> Rows:
        """The other participants of its projects, the most projects together first."""
        return [row for row in self.taking_part if row["participant_id"] != self.who["participant_id"]]

    @property
    def recorded(self) -> Rows:
        """The names under which the record has it."""
        key = self.who["participant_id"]
        named = (row for row in self.answers["participant_names"] if row["participant"])
        return [row for row in named if row["participant_id"] == key]

    @property
    def mixes(self) -> Mapping[str, Rows]:
        """Expected and verified tonnes of each group of its projects."""
        return {by: self.answers[f"ladder_by_group:{by}"] for by in MIXES}


class OwnPart(Part):
    """What the chart knows of the participant: what the record tells of its countries, and the firsts of its projects."""

    @property
    def marked(self) -> Rows:
        """Its milestones."""
        profile = ParticipantProfile(self.context, self.answers)
        codes = profile.own["iso3_codes"].split(";") if profile.own else []
        names = [texts("en").country(code) for code in codes]
        named = [row for row in self.milestones if any(name in (row["title_en"] or "") for name in names)]
        return by_day([*named, *firsts(profile.projects, self.events)])

    @property
    def labelled(self) -> Rows:
        """The firsts of its own projects; what is told of its countries stands on the strip."""
        profile = ParticipantProfile(self.context, self.answers)
        return by_day(firsts(profile.projects, self.events))


def questions(context: PageContext) -> Questions:
    """What the page asks of a selection that holds the participant as its filter."""
    selection, key = context.selection, context.choice["name"]
    filters = selection.filters()
    years = dict(zip(("first_year", "last_year"), context.target_years, strict=True))
    grouped: dict[str, object] = {
        **filters,
        "dated_by": selection.dating,
        "share": selection.share,
        "until_fiscal_year": context.target_years[0],
    }
    return {
        **credits_page.questions(_with_credits(context)),
        **target.questions(context),
        "projects": {**filters, "sort": "stage", "rows_at_most": ALL_ROWS},
        "participants": {**filters, **years},
        "participant_profile": {"participant": key},
        "participant_names": {},
        **{f"ladder_by_group:{by}": {**grouped, "by": by} for by in MIXES},
    }


def _with_credits(context: PageContext) -> PageContext:
    return replace(context, choice={**context.choice, **CREDITS})


def page_of(context: PageContext, answers: Answers) -> Page[ParticipantProfile]:
    """Every tile of the profile, and those that it shares with the target and the credits page."""
    t = context.t
    profile = ParticipantProfile(context, answers)
    tile = context.tile_maker(answers)
    shared = target.page_of(context, answers)
    credit = credits_page.page_of(_with_credits(context), answers)
    # Links lead on with the reader's filters; the participant of the profile is none of them.
    onward = replace(context, selection=context.selection.narrowed(participant=[])).link
    coverage, own = coverage_of(profile, t), part_of(OwnPart, profile)
    tiles = {
        "cumulative": lambda: tile(
            "reductions_by_year",
            coverage_short(own, t),
            title=cumulative_title(own, t),
            told=cumulative_told(profile, t),
            figure=partial(cumulative_chart, own, t, context.theme),
            course=cumulative_course(own, t),
            keys=keys(milestone_keys(own, t), css="jcm-told"),
            height=420,
            table=cumulative_table(own, t),
        ),
        "ladder": lambda: shared.tile("ladder"),
        "issuance_events": lambda: credit.tile("issuance_events"),
        "mix": lambda: mix_tile(
            profile,
            profile.mixes,
            coverage,
            context.link,
            tile,
            title=t("Projects and expected reductions by partner country, sector, technology and programme"),
        ),
        "participant_projects": lambda: projects_tile(
            profile, profile.projects, coverage, onward, tile, has_country=True
        ),
        "participant_partners": lambda: partners_tile(
            profile.partners, profile.target_years, coverage, onward, tile
        ),
        "participant_facts": lambda: _facts_tile(profile, onward, tile, t),
    }
    return Page(profile, lambda: head_html(profile, t), tiles)


def head_html(profile: ParticipantProfile, t: Texts) -> Markup:
    """Its name in both languages, its projects and what they come to."""
    who = profile.who
    name, other = name_of(who, t), t.other_of(who["name_en"], who["name_ja"] or "")
    second = Markup(' <small lang="{}">{}</small>').format(t.other, other) if other and other != name else ""
    return titled(joined((name, second)), answer(profile, t), meaning(t))


def coverage_of(profile: ParticipantProfile, t: Texts) -> str:
    """How many of its projects that count have an estimate."""
    own = profile.own
    return estimates_known(own["with_estimate"], own["counted"], t) if own else estimates_known(0, 0, t)


def cumulative_told(profile: ParticipantProfile, t: Texts) -> Told:
    """What is expected of its projects by both target years."""
    own = profile.own
    if own is None or not own["expected_first_tco2"]:
        return "", answer(profile, t)
    return t(
        "{first} expected by {near} and {last} by {far} of projects with its participation",
        first=amount_short(own["expected_first_tco2"], t),
        near=t.year(profile.first_year),
        last=amount_short(own["expected_last_tco2"], t),
        far=t.year(profile.last_year),
    ), answer(profile, t)


def answer(profile: ParticipantProfile, t: Texts) -> str:
    """Its projects and countries, and the tonnes of the projects, expected and decided."""
    own = profile.own
    if own is None:
        return t("No project with its participation is known on this day.")
    where = some_of(countries_of(own, t), t)
    sentences = [
        t.count(
            "{n} project with its participation ({where}).",
            "{n} projects with its participation ({where}).",
            own["projects"],
            where=where,
        )
    ]
    if own["expected_first_tco2"] is not None:
        sentences.append(
            t(
                "Expected of these projects: {first} by {near}, {last} by {far}.",
                first=amount_short(own["expected_first_tco2"], t),
                near=t.year(profile.first_year),
                last=amount_short(own["expected_last_tco2"], t),
                far=t.year(profile.last_year),
            )
        )
    else:
        sentences.append(t("What is expected of them is not known."))
    if own["notified_low_tco2"] is not None:
        amount = tonnes_between(own["notified_low_tco2"], own["notified_high_tco2"], t)
        sentences.append(
            t(
                "Issuance decided for these projects: {amount}.",
                amount=with_reported(amount, own["reported_tco2"], t),
            )
        )
    if own["shared_events"]:
        sentences.append(
            t.count(
                "{n} issuance of several projects together is in no sum here.",
                "{n} issuances of several projects together are in no sum here.",
                own["shared_events"],
            )
        )
    return t.gap.join(sentences)


def _fact_rows(profile: ParticipantProfile, link: Link, t: Texts) -> list[tuple[str, str, Markup | str, str]]:
    """Fact, value, the same as the page shows it, and a remark."""
    who, own = profile.who, profile.own
    rows: list[tuple[str, str, Markup | str, str]] = [
        (t("Name, English"), who["name_en"], who["name_en"], ""),
        (t("Name, Japanese"), who["name_ja"] or t("not known"), who["name_ja"] or t("not known"), ""),
    ]

    def add(label: str, value: str, remark: str = "") -> None:
        rows.append((label, value, value, remark))

    if not who["is_resolved"]:
        add(
            t("Known as"),
            t("recorded"),
            t("not in the vocabulary of participants; the name is kept as recorded"),
        )
    if own is not None:
        add(t("Side"), side_words(own, t))
    add(t("Seat"), t.country(who["iso3"]) if who["iso3"] else t("not known"))
    if own is not None and own["fy_first"] is not None:
        years = t.listing(list(dict.fromkeys((t.year(own["fy_first"]), t.year(own["fy_last"])))))
        add(t("First and latest selection"), years)
    members = profile.group[1:]
    if members:
        names = [name_of(one, t) for one in members]
        links = [linked(link("participant", name=one["participant_id"]), name_of(one, t)) for one in members]
        reason = t.pick(who["group_reason_en"], who["group_reason_ja"]) if who["group_id"] else ""
        rows.append((t("Group of companies"), t("; ").join(names), joined(links, t("; ")), reason))
        words = t("projects of all in the group")
        everyone = [one["participant_id"] for one in profile.group]
        rows.append((t("Projects"), words, linked(link("projects", participant=everyone), words), ""))
    kinds = reason_names(t)
    for row in profile.recorded:
        add(t("Name in the record"), row["participant"], kinds.get(row["reason"], ""))
    if who["note"]:
        add(t("Remarks"), who["note"])
    return rows


def _facts_tile(profile: ParticipantProfile, link: Link, tile: TileMaker, t: Texts) -> Tile:
    table = Table[Sequence[str]](
        (
            Column("fact", t("Fact"), value=lambda r: r[0], is_head=True),
            Column("value", t("Value"), value=lambda r: r[1], cell=lambda r: r[2]),
            Column("remark", t("Remark"), value=lambda r: r[3], css="jcm-muted"),
        ),
        _fact_rows(profile, link, t),
        t,
        css="jcm-tight jcm-facts",
        has_headings=False,
    )
    return tile(
        "participant_profile",
        t("Names as recorded; groups only where public knowledge makes them certain"),
        title=t("Who it is: names, side and group"),
        sentence=t.count("Recorded under {n} name.", "Recorded under {n} names.", len(profile.recorded))
        if profile.recorded
        else t("No list names it itself: it leads a group."),
        table=table,
    )


def keys_by_name(rows: Rows) -> dict[str, str]:
    """Keys of participants by the key, every name of theirs, and the name without its legal form.

    `rows`: those of the query `participant_names`. Of two that share a text, the one for whom it is more its name stays.
    """
    columns = ("participant_id", "name_en", "name_ja", "participant")
    stated = [(row[column], row["participant_id"]) for column in columns for row in rows if row[column]]
    found: dict[str, str] = {}
    for name, key in (*stated, *((plain_name(name), key) for name, key in stated)):
        if name:
            found.setdefault(name, key)
    return found


def unknown_html(asked: str, near: Sequence[tuple[str, str]], link: Link, t: Texts) -> Markup:
    """That there is no such participant, and those whose name is near."""
    title = (
        t("There is no participant “{asked}”", asked=asked[:80]) if asked else t("No participant is named")
    )
    found = Markup("").join(
        Markup("<li>{}</li>").format(linked(link("participant", name=key), name)) for key, name in near
    )
    return titled(
        title, t("Near matches:") if near else t("Search for it in the list of participants.")
    ) + Markup('<ul class="jcm-reasons">{}</ul><p class="jcm-under">{}</p>').format(
        found, linked(link("participants"), t("All participants"))
    )
