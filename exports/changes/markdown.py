"""A difference as Markdown."""

from collections.abc import Collection, Iterable, Sequence

from model.editions import Difference
from model.ladder import RUNG_BY_CODE
from view.amounts import between
from view.changes.page import kind_names, rung_words, signed, with_sign
from view.changes.wording import (
    Line,
    Names,
    answer,
    edition_words,
    issuance_lines,
    other_lines,
    project_lines,
)
from view.texts import Texts


def markdown_of(found: Difference, names: Names, t: Texts) -> str:
    """The whole difference; nothing is left out."""
    old = edition_words(found.old.data_version, found.old.as_of, t)
    new = edition_words(found.new.data_version, found.new.as_of, t)
    parts = [
        f"# {t('What has changed in the JCM record')}",
        t("From {old} to {new}", old=old, new=new),
        answer(found, t),
        f"## {t('Effect on each stage and on both targets')}",
        _headline(found, t),
    ]
    for title, lines in (
        (t("Projects: new, changed and gone"), project_lines(found, names, t)),
        (t("Decisions on issuance: new, changed and gone"), issuance_lines(found, names, t)),
        (t("Article 6, targets, statements and milestones"), other_lines(found, names, t)),
    ):
        parts += [f"## {title}", _list(lines, t)]
    return "\n\n".join(parts) + "\n"


def _headline(found: Difference, t: Texts) -> str:
    years = tuple(t.year(year) for year in found.new.years)

    def number(tco2: float, words: Texts) -> str:
        return words.number(round(tco2))

    heads = [f"{year}, {name}" for year in years for name in (t("before"), t("after"), t("difference"))]
    rows = []
    for near, far in zip(found.near, found.far, strict=True):
        cells = [rung_words(RUNG_BY_CODE[near.code], t)]
        for effect in (near, far):
            cells += ["–" if v is None else between(*v, t, number) for v in (effect.before, effect.after)]
            cells.append(signed(effect.difference, t))
        rows.append(cells)
    return markdown_table([t("Stage"), *heads], rows, figures=range(1, len(heads) + 1))


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]], figures: Collection[int] = ()) -> str:
    """A table in Markdown; columns of figures are aligned to the right."""
    rule = "".join("---:|" if i in figures else "---|" for i in range(len(heads)))
    first, *others = ("| " + " | ".join(row) + " |" for row in (heads, *rows))
    return "\n".join([first, f"|{rule}", *others])


def _list(lines: Sequence[Line], t: Texts) -> str:
    if not lines:
        return t("Nothing changed.")
    kinds = kind_names(t)
    return "\n".join(
        f"- **{kinds[x.kind]}** {plain(x.subject)}"
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
