"""A checked request becomes a document."""

from exports.briefing.comparison import comparison_sections
from exports.briefing.country import country_sections
from exports.briefing.document import Document, Figure, Section
from exports.briefing.parts import Desk, TargetPart, desk_of, limits_of
from exports.briefing.programme import outlook_figure, programme_sections
from exports.briefing.request import Request
from exports.briefing.sector import sector_sections
from model.ladder import RUNGS
from queries.warehouse import Warehouse
from view.target import sentences
from view.texts import Texts, texts
from view.tiles import our_calculation


def document_of(warehouse: Warehouse, request: Request) -> Document:
    """The whole briefing: the same queries, sentences and tables as the pages."""
    t = texts(request.lang)
    desk = desk_of(warehouse, request, t)
    title, subtitle, answer, part, found, sections = _subject(desk)
    day = t.day(request.as_of)
    filters = {"countries": [request.subject]} if request.audience == "country" else {}
    if request.audience == "sector":
        filters = {"sectors": [int(request.subject)]}  # type: ignore[list-item]
    rows = warehouse.run("source_list", **filters).to_pylist()
    return Document(
        request=request,
        title=title,
        subtitle=subtitle,
        answer=answer,
        figures=found,
        sections=sections,
        terms=tuple((t.pick(r.name_en, r.name_ja), t.pick(r.meaning_en, r.meaning_ja)) for r in RUNGS),
        limits=limits_of(part.content, t),
        source_names=[(f"{r['publisher']} ({r['source_id']})", r["url"]) for r in rows],
        source=t("Source: {source}", source=our_calculation(t, part.content.build)),
        coverage=sentences.coverage_short(part.content, t),
        as_of=t("As of {day}", day=t.day_short(request.as_of)),
        data_version=t("Data version {version}", version=warehouse.data_version),
        citation=t(
            "JCM target tracker, {title}, data version {version}, as of {day}",
            title=title,
            version=warehouse.data_version,
            day=day,
        ),
    )


_Subject = tuple[str, str, str, TargetPart, tuple[Figure, ...], tuple[Section, ...]]


def _subject(desk: Desk) -> _Subject:
    """Title, line below, answer, target page, figures and sections of the audience."""
    t, request = desk.t, desk.request
    day = t.day(request.as_of)
    as_of = t("as of {day}", day=day)
    if request.audience == "country":
        part, answer, under, sections = country_sections(desk)
        title = t("JCM with {country}", country=t.country(request.subject))
        return title, f"{under} · {as_of}", answer, part, part.figures(t, is_whole=False), sections
    if request.audience == "sector":
        part, sections = sector_sections(desk)
        name = desk.names["sector"][request.subject]
        return (
            t("JCM, sector: {sector}", sector=name),
            as_of,
            part.answer,
            part,
            part.figures(t, is_whole=False),
            sections,
        )
    if request.audience == "comparison":
        before, part, sections = comparison_sections(desk)
        assert request.earlier is not None  # noqa: S101 - the request was checked
        subtitle = t("{first} and {second} compared", first=t.day(request.earlier), second=day)
        return (
            t("JCM: what changed between two days"),
            subtitle,
            sections[0].sentence,
            part,
            _both(before, part, t),
            sections,
        )
    part, sections = programme_sections(desk)
    chance = outlook_figure(desk)
    found = (*part.figures(t, is_whole=True), *((chance,) if chance else ()))
    return (
        t("Progress of the JCM towards its targets"),
        f"{_whole(t)} · {as_of}",
        part.answer,
        part,
        found,
        sections,
    )


def _whole(t: Texts) -> str:
    return t("all partner countries, public and private")


def _both(before: TargetPart, after: TargetPart, t: Texts) -> tuple[Figure, ...]:
    """The figures of the later day, each with that of the earlier one beneath."""
    earlier = {one.label: one.value for one in before.figures(t, is_whole=True)}
    return tuple(
        Figure(one.label, one.value, t("before: {value}", value=earlier.get(one.label, "–")))
        for one in after.figures(t, is_whole=True)
    )
