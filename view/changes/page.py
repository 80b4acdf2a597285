"""Tiles of the page on what has changed."""

from collections.abc import Callable, Sequence
from html import escape

import pyarrow as pa

from model.changes import Effect, Ends
from model.editions import Difference
from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE, Rung
from view.amounts import amount_short, between
from view.changes.wording import (
    Line,
    Names,
    answer,
    edition_words,
    issuance_lines,
    other_lines,
    project_lines,
)
from view.target.content import labelled
from view.texts import Texts
from view.tiles import Tile, TileMaker

Link = Callable[..., str]
ROWS_AT_MOST = 80


def head_html(found: Difference, t: Texts) -> str:
    """The answer and the two editions."""
    under = t(
        "From {old} to {new}",
        old=edition_words(found.old.data_version, found.old.as_of, t),
        new=edition_words(found.new.data_version, found.new.as_of, t),
    )
    return f'<h1 class="jcm-answer">{escape(answer(found, t))}</h1><p class="jcm-under">{escape(under)}</p>'


def signed(tco2: Ends | None, t: Texts) -> str:
    """A difference with its sign; both ends where they differ."""
    return "–" if tco2 is None else between(*tco2, t, with_sign)


def with_sign(tco2: float, t: Texts) -> str:
    """Tonnes with their sign."""
    sign = "+" if tco2 > 0 else "−" if tco2 < 0 else "±"
    return f"{sign}{amount_short(abs(tco2), t)}"


def _amount(tco2: Ends | None, t: Texts) -> str:
    return "–" if tco2 is None else between(*tco2, t, amount_short)


def rung_words(rung: Rung, t: Texts) -> str:
    """Name of a rung; that of the one aside says that it is in no sum."""
    name = t.pick(rung.name_en, rung.name_ja)
    return t("{rung} ({mark})", rung=name, mark=t("in no sum")) if rung.kind == "aside" else name


def headline_html(found: Difference, t: Texts) -> str:
    """Each rung before and after, by both target years, and the sum of the expected rungs."""
    years = [t.year(year) for year in found.new.years]
    head = f'<th scope="col">{escape(t("Rung"))}</th><th scope="col" class="jcm-n">{escape(t("Projects or events"))}</th>'
    for year in years:
        for name in (t("before, {year}", year=year), t("after"), t("difference")):
            head += f'<th scope="col" class="jcm-n">{escape(name)}</th>'
    body = ""
    for near, far, count in zip(found.near, found.far, found.counts, strict=True):
        rung = RUNG_BY_CODE[near.code]
        name = escape(rung_words(rung, t))
        swatch = f'<span class="jcm-swatch jcm-fill-{near.code}"></span>'
        counted = f"{_plain(count.before, t)} → {_plain(count.after, t)}"
        body += f'<tr><th scope="row">{swatch}{name}</th><td class="jcm-n">{counted}</td>{_cells(near, t)}{_cells(far, t)}</tr>'
        if near.code == EXPECTED_RUNGS[-1]:
            sums = [_sum(effects) for effects in (found.near, found.far)]
            cells = "".join(_cells(one, t) for one in sums)
            total = escape(t("Expected, sum"))
            body += f'<tr class="jcm-sum"><th scope="row">{total}</th><td></td>{cells}</tr>'
    return f'<div class="jcm-scroll"><table class="jcm-tight"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _plain(value: Ends | None, t: Texts) -> str:
    return "–" if value is None else t.number(value[0])


def _sum(effects: Sequence[Effect]) -> Effect:
    """The expected rungs together; an estimate is one figure, so both ends are equal."""
    own = [e for e in effects if e.code in EXPECTED_RUNGS]
    before, after = (
        sum(ends[0] for ends in some if ends) for some in ([e.before for e in own], [e.after for e in own])
    )
    return Effect("sum", (before, before), (after, after))


def _cells(effect: Effect, t: Texts) -> str:
    parts = (_amount(effect.before, t), _amount(effect.after, t), signed(effect.difference, t))
    return "".join(f'<td class="jcm-n">{escape(p)}</td>' for p in parts)


def headline_rows(found: Difference, t: Texts) -> pa.Table:
    """The same as a plain table, exact tonnes."""
    columns: dict[str, list[object]] = {t("Rung"): [rung_words(RUNG_BY_CODE[e.code], t) for e in found.near]}
    for fiscal_year, effects in zip(found.new.years, (found.near, found.far), strict=True):
        year = t.year(fiscal_year)
        for end, name in enumerate((t("low end"), t("high end"))):
            for words, values in (
                (t("Before, {year}, {end} (tCO2)", year=year, end=name), [e.before for e in effects]),
                (t("After, {year}, {end} (tCO2)", year=year, end=name), [e.after for e in effects]),
                (t("Difference, {year}, {end} (tCO2)", year=year, end=name), [e.difference for e in effects]),
            ):
                columns[words] = [ends[end] if ends else None for ends in values]
    return labelled(columns)


def kind_names(t: Texts) -> dict[str, str]:
    """What happened to a row."""
    return {"added": t("new"), "removed": t("gone"), "changed": t("changed")}


def lines_html(lines: Sequence[Line], link: Link | None, year: int, t: Texts) -> str:
    """The changes as a list; what is more than a page holds is in the table below it."""
    kinds = kind_names(t)
    body = ""
    for line in lines[:ROWS_AT_MOST]:
        subject = escape(line.subject)
        if link is not None and line.kind != "removed":
            href = escape(link("project", project=line.key), quote=True)
            subject = f'<a class="jcm-link" href="{href}">{subject}</a>'
        below = " · ".join(escape(x) for x in (line.key if link else "", line.country) if x)
        source = (
            f'<a class="jcm-link" href="{escape(line.source, quote=True)}" rel="noreferrer">{escape(t("source"))}</a>'
            if line.source.startswith("http")
            else "–"
        )
        moved = "" if line.moved_tco2 is None else escape(with_sign(line.moved_tco2, t))
        body += (
            f'<tr><td class="jcm-nowrap">{escape(kinds[line.kind])}</td><th scope="row">{subject}<small>{below}</small></th>'
            f'<td class="jcm-what">{escape(line.what)}</td><td class="jcm-n">{moved}</td><td class="jcm-nowrap">{source}</td></tr>'
        )
    heads = (
        ("", ""),
        (t("Subject"), ""),
        (t("What happened"), ""),
        (t("by FY{year}", year=year), "jcm-n"),
        (t("Source"), ""),
    )
    head = "".join(f'<th scope="col" class="{css}">{escape(name)}</th>' for name, css in heads)
    more = len(lines) - ROWS_AT_MOST
    note = (
        f'<p class="jcm-sentence">{escape(t("{n} more in the table below", n=t.number(more)))}</p>'
        if more > 0
        else ""
    )
    return f'<div class="jcm-list" tabindex="0"><table class="jcm-tight jcm-changes"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{note}'


def lines_rows(lines: Sequence[Line], year: int, t: Texts) -> pa.Table:
    """The same as a plain table."""
    kinds = kind_names(t)
    texts = pa.string()
    return pa.table(
        {
            t("Kind"): pa.array([kinds[x.kind] for x in lines], texts),
            t("Key"): pa.array([x.key for x in lines], texts),
            t("Subject"): pa.array([x.subject for x in lines], texts),
            t("Partner country"): pa.array([x.country for x in lines], texts),
            t("What happened"): pa.array([x.what for x in lines], texts),
            t("Expected by FY{year}, moved (tCO2)", year=year): pa.array(
                [x.moved_tco2 for x in lines], pa.int64()
            ),
            t("Source"): pa.array([x.source for x in lines], texts),
        }
    )


def tiles_of(found: Difference, names: Names, link: Link, tile: TileMaker, t: Texts) -> dict[str, Tile]:
    """Every tile of the page."""
    parts = (
        (
            "changed_projects",
            "projects",
            t("Projects: new, changed and gone"),
            project_lines(found, names, t),
            link,
        ),
        (
            "changed_issuances",
            "issuances",
            t("Decisions on issuance: new, changed and gone"),
            issuance_lines(found, names, t),
            None,
        ),
        (
            "changed_others",
            "milestones",
            t("Article 6, targets, statements and milestones"),
            other_lines(found, names, t),
            None,
        ),
    )
    coverage = t("Only what our record holds; see the target page for its coverage")
    made = [
        tile(
            "changed_rungs",
            "ladder",
            coverage,
            title=t("Effect on each rung and on both targets"),
            sentence=answer(found, t),
            body=headline_html(found, t),
            table=headline_rows(found, t),
        )
    ]
    for key, query, title, lines, to in parts:
        words = t.count("{n} change.", "{n} changes.", len(lines)) if lines else t("Nothing changed.")
        year = found.new.years[0]
        body = lines_html(lines, to, year, t) if lines else " "
        made.append(
            tile(
                key, query, coverage, title=title, sentence=words, body=body, table=lines_rows(lines, year, t)
            )
        )
    return {one.key: one for one in made}
