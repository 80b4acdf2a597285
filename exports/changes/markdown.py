"""A difference as Markdown."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from model.changes import Ends
from model.editions import Difference
from model.ladder import RUNG_BY_CODE
from view.amounts import between
from view.changes.page import kind_names, rung_words, signed, with_sign
from view.changes.sentences import edition_words, summary, timing_meanings, timing_names, timing_told
from view.changes.wording import Line, Names, issuance_lines, other_lines, project_lines
from view.texts import Texts


def markdown_of(found: Difference, names: Names, t: Texts, *, has_versions: bool = True) -> str:
    """The whole difference; nothing is left out. Without versions only the days are named."""
    old, new = (
        edition_words(one.data_version, one.as_of, t) if has_versions else t.day(one.as_of)
        for one in (found.old, found.new)
    )
    parts = [
        f"# {t('What has changed in the JCM record')}",
        t("From {old} to {new}", old=old, new=new),
        summary(found, t),
        *([] if found.is_empty else [timing_meanings(t)]),
        f"## {t('Effect on each stage and on both targets')}",
        _headline(found, t),
    ]
    titles = (
        t("Projects: new, changed and gone"),
        t("Decisions on issuance: new, changed and gone"),
        t("Partner countries, Article 6, targets, statements and milestones"),
    )
    for title, lines in zip(titles, _parts(found, names, t), strict=True):
        parts += [
            f"## {title}",
            t.prose(timing_told(Counter(line.timing for line in lines), t)),
            *_lists(lines, t),
        ]
    return "\n\n".join(parts) + "\n"


def _parts(found: Difference, names: Names, t: Texts) -> tuple[list[Line], list[Line], list[Line]]:
    return project_lines(found, names, t), issuance_lines(found, names, t), other_lines(found, names, t)


def urls_of(found: Difference, names: Names, t: Texts) -> set[str]:
    """Addresses of the sources that the difference names."""
    return {line.source for lines in _parts(found, names, t) for line in lines}


def _headline(found: Difference, t: Texts) -> str:
    years = tuple(t.year(year) for year in found.new.years)
    heads = [f"{year}, {name}" for year in years for name in (t("before"), t("after"), t("difference"))]
    rows = []
    for near, far in zip(found.near, found.far, strict=True):
        cells = [rung_words(RUNG_BY_CODE[near.code], t)]
        for effect in (near, far):
            before = t("not visible") if effect.visible_since else _ends(effect.before, t)
            cells += [before, _ends(effect.after, t)]
            cells.append(signed(effect.difference, t))
        rows.append(cells)
    return markdown_table([t("Stage"), *heads], rows, figures=range(1, len(heads) + 1))


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]], figures: Collection[int] = ()) -> str:
    """A table in Markdown; columns of figures are aligned to the right."""
    rule = "".join("---:|" if i in figures else "---|" for i in range(len(heads)))
    first, *others = ("| " + " | ".join(row) + " |" for row in (heads, *rows))
    return "\n".join([first, f"|{rule}", *others])


def _ends(tco2: Ends | None, t: Texts) -> str:
    return "–" if tco2 is None else between(*tco2, t, lambda value, words: words.number(round(value)))


def _lists(lines: Sequence[Line], t: Texts) -> Iterator[str]:
    """The changes by what they did between the days, a heading and a list each."""
    for timing, name in timing_names(t).items():
        if some := [line for line in lines if line.timing == timing]:
            yield f"### {name[0].upper() + name[1:]}"
            yield _list(some, t)


def _list(lines: Sequence[Line], t: Texts) -> str:
    kinds = kind_names(t)
    return "\n".join(
        f"- **{kinds[x.kind]}** {x.own + ' ' if x.own else ''}{plain(x.subject)}"
        + (
            f" ({plain(x.key)}{', ' + x.country if x.country else ''})"
            if x.moved_tco2 is not None or x.country
            else ""
        )
        + f": {plain(x.what)}"
        + (f" [{with_sign(x.moved_tco2, t)}]" if x.moved_tco2 is not None else "")
        + (f" <{x.source}>" if x.source.startswith("http") else "")
        for x in lines
    )


def plain(text: str) -> str:
    """Text without signs that Markdown or HTML would read."""
    return (
        text.replace("\\", "\\\\")
        .replace("<", "\\<")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("\n", " ")
    )
