"""What a search finds: countries, sectors, technologies, projects, participants and terms, in either language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from model.near_matches import near_matches
from model.search_text import folded, search_words
from queries.runner import Answers, Questions
from view.guide.glossary import TERMS
from view.marks.markup import Markup, heading, items, joined, titled
from view.marks.table import linked
from view.page import Content, Page, PageContext
from view.stated_words import title_of
from view.texts import Texts

PROJECTS_AT_MOST = 20
PAGE_OF: Mapping[str, tuple[str, str]] = {
    "country": ("country", "iso3"),
    "sector": ("projects", "sector"),
    "technology": ("projects", "technology"),
    "programme": ("projects", "programme"),
    "participant": ("participant", "name"),
}
"""For each filter whose values are found, the page that shows one and the key of its address."""


@dataclass(frozen=True)
class Found:
    """One thing that has a page: its kind, its name, and its address."""

    kind: str
    name: str
    href: str


def questions(context: PageContext) -> Questions:
    """The projects with all words; `search` is the choice of the page, `others` are names in the other language."""
    words = search_words(str(context.choice["search"]))
    first, last = context.target_years
    if not words:
        return {}
    return {
        "projects": {
            "as_of": context.selection.as_of,
            "words": words,
            "first_year": first,
            "last_year": last,
            "rows_at_most": PROJECTS_AT_MOST,
        },
    }


def page_of(context: PageContext, answers: Answers) -> Page[Content]:
    """The results alone: there is no figure to draw."""
    return Page(Content(context, answers), lambda: results_html(context, answers), {})


def results_html(context: PageContext, answers: Answers) -> Markup:
    """Everything found by kind, near matches where nothing is."""
    t, asked = context.t, str(context.choice["search"]).strip()
    if not asked:
        return titled(
            t("Search"), t("Names of countries, projects, companies and terms, and reference numbers.")
        )
    found = [*_values(context, asked), *_projects(context, answers, asked), *_terms(context, asked)]
    if not found:
        near = _near(context, asked)
        return titled(
            t("Nothing found for “{asked}”", asked=asked),
            t("Fewer or other words may help; each word must be found.") if not near else t("Did you mean:"),
        ) + _list(near)
    kinds = dict.fromkeys(one.kind for one in found)
    return titled(
        t.count("{n} result for “{asked}”", "{n} results for “{asked}”", len(found), asked=asked)
    ) + joined(heading(kind) + _list([one for one in found if one.kind == kind]) for kind in kinds)


def _list(found: Sequence[Found]) -> Markup:
    return items((linked(one.href, one.name) for one in found), "jcm-found") if found else Markup("")


def _names(context: PageContext) -> dict[tuple[str, str], tuple[str, str]]:
    """Names in both languages by filter and value."""
    others: Mapping[str, Mapping[str, str]] = context.choice["others"]
    return {
        (key, value): (name, others.get(key, {}).get(value, ""))
        for key in PAGE_OF
        for value, name in context.names.get(key, {}).items()
    }


def _values(context: PageContext, asked: str) -> list[Found]:
    words = search_words(asked)
    return [
        _value(context, key, value, name)
        for (key, value), (name, other) in _names(context).items()
        if _has(words, (value if key == "country" else "", name, other))
    ]


def _value(context: PageContext, key: str, value: str, name: str) -> Found:
    page, control = PAGE_OF[key]
    return Found(_kinds(context.t)[key], name, context.link(page, **{control: value}))


def _projects(context: PageContext, answers: Answers, asked: str) -> list[Found]:
    t = context.t
    found = [
        Found(
            t("Projects"),
            f"{row['ref_no'] or row['project_id']} · {title_of(row, t)} · {t.country(row['iso3'])}",
            context.link("project", project=row["project_id"]),
        )
        for row in answers["projects"]
    ]
    if len(found) == PROJECTS_AT_MOST:
        found.append(Found(t("Projects"), t("All projects found"), context.link("projects", q=asked)))
    return found


def _terms(context: PageContext, asked: str) -> list[Found]:
    t, words = context.t, search_words(asked)
    return [
        Found(t("Glossary"), t.pick(term.en, term.ja), context.link("guide", term=term.code))
        for term in TERMS
        if _has(words, (term.en, term.ja))
    ]


def _near(context: PageContext, asked: str) -> list[Found]:
    names = _names(context)
    keyed = {f"{key}:{value}": (value, *some) for (key, value), some in names.items()}
    found = []
    for code in near_matches(asked, keyed):
        key, _, value = code.partition(":")
        found.append(_value(context, key, value, names[(key, value)][0]))
    return found


def _has(words: Sequence[str], texts: Iterable[str]) -> bool:
    text = " ".join(folded(one) for one in texts if one)
    return all(word in text for word in words)


def _kinds(t: Texts) -> Mapping[str, str]:
    return {
        "country": t("Countries"),
        "sector": t("Sectors"),
        "technology": t("Technologies"),
        "programme": t("Programmes"),
        "participant": t("Participants"),
    }
