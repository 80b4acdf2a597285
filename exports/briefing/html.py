"""The web edition: one file that asks for nothing else and prints on A4."""

from html import escape
from pathlib import Path

from exports.briefing.document import Document, Grid, Section, clean
from exports.briefing.drawing import COLOURS, svg
from exports.briefing.fonts import FALLBACKS, SLIDES_EN, SLIDES_JA
from view.texts import Texts

_STYLE = Path(__file__).parent / "web_page.css"


def html_of(document: Document, t: Texts) -> bytes:
    """The document as one HTML file."""
    parts = [
        _head(document, t),
        *(_section(one, document, t) for one in document.sections),
        _terms(document, t),
        _limits(document, t),
        _sources(document, t),
    ]
    first = f"'{SLIDES_JA if t.lang == 'ja' else SLIDES_EN}'"
    fonts = ",".join([first, "'Hiragino Sans'", *(f"'{name}'" for name in FALLBACKS), "sans-serif"])
    style = _STYLE.read_text(encoding="utf-8")
    for name, value in {**COLOURS, "fonts": fonts}.items():
        style = style.replace(name.upper(), value)
    title = escape(f"{document.title} · {document.as_of}")
    return clean(
        f'<!DOCTYPE html>\n<html lang="{t.lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="generator" content="JCM target tracker"><title>{title}</title><style>{style}</style></head>'
        f"<body>{''.join(parts)}</body></html>\n"
    ).encode()


def _head(document: Document, t: Texts) -> str:
    figures = "".join(
        f"<div><span>{escape(one.label)}</span><b>{escape(one.value)}</b><span>{escape(one.below)}</span></div>"
        for one in document.figures
    )
    return (
        f'<header><p class="under">{escape(t("JCM target tracker"))}</p><h1>{escape(document.title)}</h1>'
        f'<p class="under">{escape(document.subtitle)}</p><p class="answer">{escape(document.answer)}</p>'
        f'<div class="figures">{figures}</div>{_foot(document, None)}</header>'
    )


def _section(section: Section, document: Document, t: Texts) -> str:
    drawn = ""
    if section.chart is not None:
        picture = svg(section.chart, t).replace(
            "<svg ", f'<svg role="img" aria-label="{escape(section.chart.alt, quote=True)}" ', 1
        )
        drawn = f"<figure>{picture}</figure>"
    table = _table(section.grid) if section.grid else ""
    notes = "".join(f"<li>{escape(note)}</li>" for note in section.notes)
    return (
        f'<section id="{escape(section.key, quote=True)}"><h2>{escape(section.title)}</h2>'
        f"<p>{escape(section.sentence)}</p>{drawn}{table}"
        + (f"<ul><small>{notes}</small></ul>" if notes else "")
        + _foot(document, section)
        + "</section>"
    )


def _table(grid: Grid) -> str:
    def cells(row: tuple[str, ...], tag: str) -> str:
        kinds = [' class="n"' if i in grid.numeric else "" for i in range(len(row))]
        return "".join(f"<{tag}{k}>{escape(text)}</{tag}>" for k, text in zip(kinds, row, strict=True))

    strong = [' class="strong"' if i in grid.strong else "" for i in range(len(grid.rows))]
    rows = "".join(f"<tr{s}>{cells(row, 'td')}</tr>" for s, row in zip(strong, grid.rows, strict=True))
    return f'<div class="wide"><table><thead><tr>{cells(grid.heads, "th")}</tr></thead><tbody>{rows}</tbody></table></div>'


def _foot(document: Document, section: Section | None) -> str:
    return f'<p class="foot">{escape(" · ".join(document.foot(section)))}</p>'


def _terms(document: Document, t: Texts) -> str:
    rows = "".join(f"<tr><td>{escape(a)}</td><td>{escape(b)}</td></tr>" for a, b in document.terms)
    return (
        f"<section><h2>{escape(t('What each stage is'))}</h2><table><tbody>{rows}</tbody></table></section>"
    )


def _limits(document: Document, t: Texts) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in document.limits)
    cite = escape(t("Cite as: {citation}", citation=document.citation))
    return f"<section><h2>{escape(t('What these figures do not cover'))}</h2><ul>{items}</ul><p>{cite}</p></section>"


def _sources(document: Document, t: Texts) -> str:
    items = "".join(f"<li>{escape(name)}<br>{escape(url)}</li>" for name, url in document.source_names)
    head = t("Sources ({n})", n=t.number(len(document.source_names)))
    return f'<section><h2>{escape(head)}</h2><ul class="sources">{items}</ul></section>'
