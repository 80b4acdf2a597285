"""What is said where an address asks for what is not there: what is wrong, and links to what is near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from model.near_matches import MOST, near_matches, nearest_day
from model.outlook.parameters import PARAMETER
from view.address import address_with, parsed_day, present
from view.address_keys import CONTROL, LANGUAGE_KEY
from view.embedding import FIGURE_KEY
from view.marks.markup import Markup, escape, items, joined, line_under, titled
from view.texts import Texts

SAID_AT_MOST = 5
"""Parts of an address that are explained; a broken link may have any number."""
_LETTERS = 60


@dataclass(frozen=True)
class Offered:
    """What a choice takes: its label, the names of each value, or the first and the last day or number."""

    label: str
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits: tuple[date, date] | tuple[float, float] | None = None


def ignored_html(found: Sequence[tuple[str, str]], offered: Mapping[str, Offered], t: Texts) -> Markup:
    """Pairs of key and value that could not be used, and of each why, and what is near."""
    pairs = t.listing([_pair(key, value) for key, value in found[:SAID_AT_MOST]])
    reasons = [_reason(key, value, offered, t) for key, value in found[:SAID_AT_MOST]]
    said = t("Ignored in the address: {pairs}. The rest of it holds.", pairs=pairs)
    return escape(said) + items(reasons, "jcm-ignored")


def _pair(key: str, value: str) -> str:
    return f"{key[:_LETTERS]}={value[:_LETTERS]}"


def _reason(key: str, value: str, known: Mapping[str, Offered], t: Texts) -> Markup:
    offered = known.get(key) or _of_outlook(key, value, t)
    if offered is None and key not in CONTROL:
        text = t("There is no choice “{key}”.", key=key[:_LETTERS])
        links = [
            _link({near: [value]}, _pair(near, value)) for near in near_matches(key, dict.fromkeys(known, ()))
        ]
        return _told(text, links[:3], t)
    if offered is None:
        return _told(t("“{key}” is not used on this page.", key=key), [], t)
    if offered.limits is None:
        text = t(
            "“{label}” has no value “{value}”.",
            label=offered.label,
            value=value[:_LETTERS],
        )
        return _told(text, _near_values(key, value, offered), t)
    first, last = offered.limits
    if isinstance(first, date) and isinstance(last, date):
        near = nearest_day(value, first, last)
        values = {"value": value[:_LETTERS], "first": t.day(first), "last": t.day(last)}
        if parsed_day(value, date.min, date.max):
            text = t("“{value}” is outside the days that can be shown, {first} to {last}.", **values)
        else:
            text = t(
                "“{value}” is not a day of the calendar; days from {first} to {last} can be shown.", **values
            )
        return _told(text, [_link({key: [near.isoformat()]}, t.day(near))] if near else [], t)
    text = t(
        "“{label}” takes a number from {least} to {most}, not “{value}”.",
        label=offered.label,
        least=f"{first:g}",
        most=f"{last:g}",
        value=value[:_LETTERS],
    )
    return _told(text, [], t)


def _of_outlook(key: str, value: str, t: Texts) -> Offered | None:
    """The limits of a number of the outlook, which its page draws by itself; None for one within them."""
    if key not in PARAMETER:
        return None
    found = PARAMETER[key]
    limits = (found.least, found.most)
    try:
        is_within = found.least <= float(value) <= found.most
    except ValueError:
        is_within = False
    return None if is_within else Offered(t.pick(found.title_en, found.title_ja), limits=limits)


def _near_values(key: str, value: str, offered: Offered) -> list[Markup]:
    """Links to the values that are near, or to all where they are few; other values of the same filter stay."""
    near = near_matches(value, offered.names)
    if not near and len(offered.names) <= MOST:
        near = list(offered.names)
    several = present().get(key, []) if key in CONTROL and CONTROL[key].kind == "many" else []
    return [
        _link(
            {key: [*(one for one in several if one != value), code]},
            next(filter(None, offered.names[code]), code),
        )
        for code in near
    ]


def _told(text: str, links: Sequence[Markup], t: Texts) -> Markup:
    if not links:
        return escape(text)
    return Markup("{}{}{} {}").format(text, t.gap, t("Nearest:"), joined(links, " · "))


def _link(values: Mapping[str, list[str]], text: str) -> Markup:
    return Markup('<a class="jcm-link jcm-lined" href="{}" target="_self">{}</a>').format(
        address_with(values), text
    )


def unknown_figure_html(asked: Sequence[str], figures: Sequence[str], t: Texts) -> Markup:
    """That a page has none of the figures asked for: links to those that are near, then to all."""
    near = list(dict.fromkeys(key for one in asked for key in near_matches(one, dict.fromkeys(figures, ()))))
    links = [_link({FIGURE_KEY: [key]}, key) for key in dict.fromkeys((*near, *figures))]
    return Markup("{} {}").format(
        t("No such figure on this page. Its figures, the nearest first:"), joined(links, " · ")
    )


def unknown_page_html(asked: str, pages: Mapping[str, Sequence[str]], t: Texts) -> Markup:
    """That there is no page of this address; `pages` are the titles of each, the reader's first. Choices are kept."""
    query = address_with({}).partition("?")[2]

    def links(names: Sequence[str]) -> Markup:
        return items(
            (
                Markup('<a class="jcm-link jcm-lined" href="{}" target="_self">{}</a>').format(
                    f"{name or '.'}?{query}" if query else name or ".", pages[name][0]
                )
                for name in names
            ),
            "jcm-found",
        )

    near = near_matches(asked, pages)
    search = Markup('<a class="jcm-link jcm-lined" href="search?{}" target="_self">{}</a>').format(
        urlencode({LANGUAGE_KEY: t.lang, "q": asked}), t("Search the tracker for it")
    )
    title = titled(t("There is no page “{asked}”", asked=asked[:_LETTERS]), search)
    if not near:
        return title + line_under(t("All pages:")) + links(list(pages))
    others = [name for name in pages if name not in near]
    return (
        title
        + line_under(t("Near matches:"))
        + links(near)
        + line_under(t("All other pages:"))
        + links(others)
    )
