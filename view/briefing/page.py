"""Words of the page on which briefing packs are made."""

from collections.abc import Mapping, Sequence

from model.outlook.scenario import Fault
from view.marks.markup import failure, heading, items, note, sentence, titled
from view.marks.table import Column, Markup, Table
from view.outlook.statements import fault_words
from view.texts import LANGUAGE_NAMES, Texts, texts


def audience_names(t: Texts) -> dict[str, str]:
    """For whom a pack is made."""
    return {
        "programme": t("Whole programme"),
        "country": t("One partner country"),
        "sector": t("One sector"),
        "participant": t("One participant"),
        "comparison": t("Two days compared"),
    }


def language_choices(t: Texts) -> dict[str, str]:
    """Languages of a pack, the reader's own first."""
    own = t.of_files
    other = texts(own).other
    return {own: LANGUAGE_NAMES[own], other: LANGUAGE_NAMES[other], "both": t("Both")}


def format_names(t: Texts) -> dict[str, tuple[str, str]]:
    """Each file of a pack: what it is, and what it is for."""
    return {
        "pptx": (
            t("Slides (PPTX)"),
            t("16:9, charts and tables can be edited, notes with sentences and sources"),
        ),
        "slide": (
            t("One slide (PPTX)"),
            t("the message, three takeaways and a figure whose parts can be edited"),
        ),
        "page": (t("One page (PDF)"), t("A4, PDF/A, texts can be searched, readable in black and white")),
        "pdf": (t("Paper (PDF)"), t("the long edition, with definitions, limits and sources")),
        "xlsx": (t("Workbook (XLSX)"), t("exact figures, native charts, definitions and sources")),
        "html": (t("Web page (HTML)"), t("one file that needs no network and prints well")),
    }


def head_html(t: Texts) -> Markup:
    """Title of the page."""
    under = t(
        "Slides, a page, a paper, a workbook and a web page with the figures of these pages, each with its day, data"
        " version, coverage and sources."
    )
    return titled(t("Briefing pack"), under)


def faults_html(faults: Sequence[Fault], t: Texts) -> Markup:
    """What is wrong with a request."""
    return note(items(fault_words(f, t) for f in faults), "alert")


def failed_html(reason: str, t: Texts) -> Markup:
    """That a pack could not be made, and why."""
    words = t("The pack could not be made. {reason}", reason=reason)
    return failure(sentence(words))


def contents_html(formats: Mapping[str, tuple[str, str]], t: Texts) -> Markup:
    """What a pack holds."""
    listed = Table(
        (
            Column("name", "", value=lambda one: one[0], is_head=True),
            Column("about", "", value=lambda one: one[1]),
        ),
        list(formats.values()),
        t,
        has_headings=False,
    )
    return heading(t("What the pack holds")) + listed.html()


def preview_alt(subject: str, t: Texts) -> str:
    """Alternative text of the picture of the page."""
    return t("First look at the one-page edition: {subject}", subject=subject)
