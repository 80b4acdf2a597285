"""Words in which sources state their scope or their facts, in the reader's language.

The record keeps the English of each statement. Words known here are shown in the language of the page; others stand as
they were recorded, marked as English.
"""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from view.texts import Texts

_SHARE_OF_TARGET = re.compile(r"^[\d.,%\- and]+(\((un)?conditional\)[\d.,%\- and]*)+$")


def stated(words: str, t: Texts) -> str:
    """The words in the reader's language: a country, a known wording, else as recorded. Plain text."""
    if t.has_country(words):
        return t.country(words)
    if t.lang != "ja":
        return words
    if words in t.wordings:
        return t.wordings[words]
    if _SHARE_OF_TARGET.match(words):
        text = words.replace("unconditional", t("unconditional")).replace("conditional", t("conditional"))
        return text.replace(" and ", "、").replace(", ", "、").replace(" (", "（").replace(")", "）")
    return words


def title_of(row: Mapping[str, Any], t: Texts) -> str:
    """The title of a project; where no Japanese one is published, ours on a Japanese page, marked as such."""
    title = t.pick(row["title_en"], row["title_ja"])
    if t.lang != "ja" or row["title_ja"] or title not in t.wordings:
        return title
    return t("{title} (our translation)", title=t.wordings[title])


def stated_html(words: str, t: Texts) -> Markup:
    """The same as HTML; words that stay English on a Japanese page are marked so."""
    text = stated(words, t)
    if t.lang != "en" and text == words and re.search("[A-Za-z]{4}", text):
        return Markup('<span lang="en">{}</span>').format(text)
    return escape(text)
