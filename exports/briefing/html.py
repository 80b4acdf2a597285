"""The web edition: one file that asks for nothing else and prints on A4."""

from html import escape

from exports.briefing.document import Document, Grid, Section, clean
from exports.briefing.drawing import svg
from exports.briefing.fonts import FALLBACKS, SLIDES_EN, SLIDES_JA
from view.texts import Texts
from view.theme import LIGHT

_STYLE = """
@page{size:A4;margin:16mm 15mm 18mm}
*{box-sizing:border-box}
html{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{margin:0 auto;max-width:60rem;padding:2rem 1.5rem 4rem;color:INK;background:#fff;font:15px/1.6 FONTS;
 font-variant-numeric:tabular-nums}
header{border-top:4px solid ACCENT;padding-top:.8rem}
h1{font-size:1.7rem;line-height:1.25;margin:.2rem 0}
h2{font-size:1.12rem;margin:0 0 .2rem;line-height:1.35}
p{margin:.3rem 0}
.answer{font-size:1.12rem;font-weight:600;line-height:1.5;margin:.8rem 0}
.under,.foot,small{color:MUTED;font-size:.84rem}
.figures{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
.figures div{flex:1 1 9rem;border-left:3px solid ACCENT;background:PANEL;padding:.45rem .7rem}
.figures b{display:block;font-size:1.35rem;line-height:1.3;font-weight:650;white-space:nowrap}
.figures span{display:block;font-size:.8rem;color:MUTED;line-height:1.35}
section{border-top:1px solid LINE;padding:1rem 0 .3rem;margin-top:1.2rem;break-inside:auto}
section h2,section p{break-after:avoid}
figure{margin:.6rem 0;break-inside:avoid}
figure svg{width:100%;height:auto;display:block}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.86rem;line-height:1.4;margin:.5rem 0}
th,td{padding:.28rem .5rem;border-bottom:1px solid LINE;text-align:left;vertical-align:top;overflow-wrap:anywhere}
thead th{color:MUTED;font-weight:500;vertical-align:bottom;border-bottom:1.5px solid INK}
thead{display:table-header-group}tr{break-inside:avoid}
.n{text-align:right;white-space:nowrap;overflow-wrap:normal}
thead .n{white-space:normal}
.strong td{font-weight:650}
.foot{border-top:1px solid LINE;padding-top:.3rem;margin:.4rem 0 0;font-size:.76rem}
ul{margin:.3rem 0;padding-left:1.2rem}li{margin:.15rem 0}
.sources{font-size:.76rem;columns:2;column-gap:2rem}.sources li{break-inside:avoid;overflow-wrap:anywhere}
@media print{body{max-width:none;padding:0;font-size:9.5pt}.answer{font-size:11pt}}
@media (max-width:40rem){.sources{columns:1}body{padding:1rem .8rem}}
"""


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
    style = (
        _STYLE.replace("FONTS", fonts)
        .replace("INK", LIGHT.ink)
        .replace("MUTED", LIGHT.muted)
        .replace("LINE", LIGHT.grid)
        .replace("PANEL", LIGHT.panel)
        .replace("ACCENT", LIGHT.rungs["registered"].colour)
    )
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
    return f"<section><h2>{escape(t('What each rung is'))}</h2><table><tbody>{rows}</tbody></table></section>"


def _limits(document: Document, t: Texts) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in document.limits)
    cite = escape(t("Cite as: {citation}", citation=document.citation))
    return f"<section><h2>{escape(t('What these figures do not cover'))}</h2><ul>{items}</ul><p>{cite}</p></section>"


def _sources(document: Document, t: Texts) -> str:
    items = "".join(f"<li>{escape(name)}<br>{escape(url)}</li>" for name, url in document.source_names)
    head = t("Sources ({n})", n=t.number(len(document.source_names)))
    return f'<section><h2>{escape(head)}</h2><ul class="sources">{items}</ul></section>'
