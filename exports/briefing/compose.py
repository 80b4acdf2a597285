"""A checked request becomes a document."""

from collections.abc import Callable, Mapping

from exports.briefing.comparison import comparison_contents
from exports.briefing.country import country_contents
from exports.briefing.document import Document, sentences_of
from exports.briefing.participant import participant_contents
from exports.briefing.parts import Contents, Desk, desk_of, limits_of
from exports.briefing.programme import programme_contents
from exports.briefing.request import Audience, Request
from exports.briefing.sector import sector_contents
from exports.briefing.sizes import sizes_sentence
from model.ladder import RUNGS
from queries.warehouse import Warehouse
from view.names import texts_of
from view.target import headline
from view.target.content import TargetContent
from view.target.coverage import coverage_short
from view.target.hero import hero_sentence
from view.texts import Texts
from view.tiles import our_calculation

_CONTENTS: Mapping[Audience, Callable[[Desk], Contents]] = {
    "programme": programme_contents,
    "country": country_contents,
    "sector": sector_contents,
    "participant": participant_contents,
    "comparison": comparison_contents,
}


def document_of(warehouse: Warehouse, request: Request) -> Document:
    """The whole briefing: the same queries, sentences and tables as the pages."""
    t = texts_of(warehouse, request.lang)
    found = _CONTENTS[request.audience](desk_of(warehouse, request, t))
    content = found.part.content
    rows = warehouse.run("source_list", **_filters(request)).to_pylist()
    return Document(
        request=request,
        title=found.title,
        subtitle=found.subtitle,
        answer=found.answer,
        message=found.message or headline.answer(content, t)[1],
        takeaways=found.takeaways or _takeaways(content, t),
        squares=found.squares,
        reading=t.gap.join(sentences_of(hero_sentence(content, t))[:2]) if found.squares else "",
        figures=found.figures,
        sections=found.sections,
        terms=tuple((t.pick(r.name_en, r.name_ja), t.pick(r.meaning_en, r.meaning_ja)) for r in RUNGS),
        limits=limits_of(content, t),
        source_names=[(t.noted(r["publisher"], r["source_id"]), r["url"]) for r in rows],
        source=t("Source: {source}", source=our_calculation(t, content.build)),
        coverage=coverage_short(content, t),
        as_of=t("As of {day}", day=t.day_short(request.as_of)),
        data_version=t("Data version {version}", version=warehouse.data_version),
        citation=t(
            "JCM target tracker, {title}, data version {version}, as of {day}",
            title=found.title,
            version=warehouse.data_version,
            day=t.day(request.as_of),
        ),
    )


def _takeaways(content: TargetContent, t: Texts) -> tuple[str, ...]:
    """Three sentences for those who read no more; fewer where less is known."""
    return tuple(filter(None, (*headline.points(content, t), sizes_sentence(content, t))))[:3]


def _filters(request: Request) -> dict[str, object]:
    if request.audience == "sector":
        return {"sectors": [int(request.subject)]}
    parameter = {"country": "countries", "participant": "participants"}.get(request.audience)
    return {parameter: [request.subject]} if parameter else {}
