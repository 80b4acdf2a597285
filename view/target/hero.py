"""The state of the JCM in one picture: the nearest target as a hundred squares, filled with what projects state."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Any

from model.ladder import EXPECTED_RUNGS, RUNG_BY_CODE
from model.squares import SQUARES, Span, spans
from view.amounts import amount_short
from view.marks.markup import Markup
from view.marks.table import Column, Table
from view.target.content import TargetContent
from view.target.squares_drawing import Label, Squares, drawing, picture
from view.texts import Texts
from view.theme import PALETTES, ThemeName

SUREST_FIRST = tuple(reversed(EXPECTED_RUNGS))
LARGE_SQUARES = 1.0
"""A project that fills a square or more is named beside them."""


@dataclass(frozen=True)
class Part:
    """A row of the table behind the picture. tCO2."""

    name: str
    tco2_low: int
    tco2_high: int


def hero_title(content: TargetContent, t: Texts) -> str:
    """How many of the squares are filled; what they are of, where nothing is expected of any year."""
    if not content.targets:
        return t("No target was in force on this day.")
    target = content.targets[0].high_tco2
    values = {"all": t.number(SQUARES), "target": amount_short(target, t)}
    if not content.has_schedule:
        return t("{target} as {all} squares", **values)
    filled = sum(content.ladder_row(code)["tco2_low"] or 0 for code in EXPECTED_RUNGS) / target * SQUARES
    values["n"] = _number(filled, t)
    if content.selection.is_part:
        return t("On paper, {part} fills {n} of {all} squares", part=content.part_text(t), **values)
    return t("On paper, {n} of {all} squares are filled", **values)


def hero_sentence(content: TargetContent, t: Texts) -> str:
    """How to read the picture, and what it says to those who cannot see it."""
    if not content.targets:
        return t("No target was in force on this day.")
    unit = content.targets[0].high_tco2 / SQUARES
    text = t(
        "One square is {unit}, cumulative to the end of FY{year}. Filled: what projects state they will reduce, not yet"
        " verified.",
        unit=amount_short(unit, t),
        year=content.first_year,
    )
    if not content.rung_total(content.verified_rung, "high"):
        return text
    return (
        text
        + t.gap
        + t(
            "Magnified: what was verified and decided for issuance, one small square {small}.",
            small=amount_short(_magnified(content) * unit / SQUARES, t),
        )
    )


def hero_html(content: TargetContent, t: Texts, theme: ThemeName) -> Markup:
    """The picture, with its words for those who hear the page."""
    squares = squares_of(content, t)
    if squares is None:
        return Markup(" ")
    return Markup('<div role="img" aria-label="{}">{}</div>').format(
        hero_alternative(content, squares, t), drawing(squares, t.lang, PALETTES[theme])
    )


def hero_alternative(content: TargetContent, squares: Squares, t: Texts) -> str:
    """The picture in words."""
    return t.gap.join(
        [
            hero_sentence(content, t),
            *(
                t("{name}: {words}.", name=one.heading, words=t.listing(list(one.lines)))
                for one in squares.labels
            ),
            *(words for _, words in squares.inside),
        ]
    )


def hero_picture(content: TargetContent, t: Texts) -> str:
    """The same as an SVG file, in the colours of paper; empty where no target was in force."""
    squares = squares_of(content, t)
    return "" if squares is None else picture(squares, t.lang)


def hero_table(content: TargetContent, t: Texts) -> Table[Part]:
    """The tonnes behind the picture."""
    rows = [
        Part(_name(code, t), content.ladder_row(code)["tco2_low"], content.ladder_row(code)["tco2_high"])
        for code in SUREST_FIRST
    ]
    rows += [
        Part(_name(code, t), content.rung_total(code), content.rung_total(code, "high"))
        for code in _verified_rungs(content)
    ]
    rows += [
        Part(t("Target of FY{year}", year=x.fiscal_year), x.low_tco2, x.high_tco2) for x in content.targets
    ]
    filed = partial(Column[Part], cell=None)
    return Table(
        (
            filed("name", t("Measure"), value=lambda r: r.name),
            filed(
                "tco2_low",
                t("Tonnes by FY{year}, low end (tCO2)", year=content.first_year),
                "tonnes",
                lambda r: r.tco2_low,
            ),
            filed(
                "tco2_high",
                t("Tonnes by FY{year}, high end (tCO2)", year=content.first_year),
                "tonnes",
                lambda r: r.tco2_high,
            ),
        ),
        rows,
        t,
    )


def squares_of(content: TargetContent, t: Texts) -> Squares | None:
    """The picture of a selection; None where no target was in force."""
    if not content.targets:
        return None
    target = content.targets[0].high_tco2
    unit = target / SQUARES
    expected = spans([(code, content.ladder_row(code)["tco2_low"] or 0) for code in SUREST_FIRST], unit)
    magnified = _magnified(content)
    small = magnified * unit / SQUARES
    stated = _stated(content)
    far = content.targets[-1]
    later = [
        (row["rung"], row["tco2_low"] or 0)
        for row in reversed(content.ladder_later)
        if row["rung"] in EXPECTED_RUNGS
    ]
    total_later = sum(tco2 for _, tco2 in later)
    return Squares(
        expected=expected,
        labels=_labels(content, expected, unit, t),
        magnified=magnified,
        verified=spans(_verified_parts(content), small) if small else (),
        outlined=stated["stated_value"] / small if stated and small else None,
        inside=_inside(content, stated, t),
        later=spans(later, far.high_tco2 / SQUARES) if len(content.targets) > 1 else (),
        later_words=(
            t("FY{year}: {target}", year=far.fiscal_year, target=amount_short(far.high_tco2, t)),
            t(
                "expected {tonnes}, {share}",
                tonnes=amount_short(total_later, t),
                share=t.percent(total_later / far.high_tco2),
            ),
        ),
    )


def _name(code: str, t: Texts) -> str:
    rung = RUNG_BY_CODE[code]
    return t.pick(rung.name_en, rung.name_ja)


def _verified_rungs(content: TargetContent) -> tuple[str, ...]:
    return ("japan",) if content.verified_rung == "japan" else ("notified", "issued")


def _stated(content: TargetContent) -> dict[str, Any] | None:
    """The official total of all credits, which says nothing of a part of them."""
    return None if content.selection.is_part else content.stated_issued()


def _magnified(content: TargetContent) -> int:
    """How many squares hold all that is verified, or stated as issued."""
    most = content.rung_total(content.verified_rung, "high")
    stated = _stated(content)
    if not most and stated is None:
        return 0
    unit = content.targets[0].high_tco2 / SQUARES
    return min(SQUARES, max(1, ceil(max(most, stated["stated_value"] if stated else 0) / unit)))


def _verified_parts(content: TargetContent) -> list[tuple[str, float]]:
    """Issued, decided beyond that, and what may be more, tCO2."""
    low, high = (content.rung_total(content.verified_rung, end) for end in ("low", "high"))
    issued = min(content.rung_total("issued"), low) if content.verified_rung == "notified" else low
    return [("issued", issued), ("decided", low - issued), ("range", high - low)]


def _labels(content: TargetContent, expected: Sequence[Span], unit: float, t: Texts) -> list[Label]:
    found = [
        Label(
            span.part,
            t("{n}: {rung}", n=_squares(span.squares, t), rung=_short(span.part, t)),
            _lines(content, span.part, unit, t),
            (_number(span.squares, t), _short(span.part, t)),
            span.begins,
            span.ends,
        )
        for span in expected
    ]
    filled = expected[-1].ends if expected else 0.0
    if filled >= SQUARES:
        return found
    progress = content.progress()
    left = (
        t("{years} years left", years=t.number(progress[0].years_left, 1))
        if progress and progress[0].years_left > 0
        else t("the year is over")
    )
    if content.selection.is_part:
        return found
    missing = (SQUARES - filled) * unit
    empty = Label(
        "empty",
        t("{n}: nothing stated yet", n=_squares(SQUARES - filled, t)),
        (t("{tonnes} · {left}", tonnes=amount_short(missing, t), left=left),),
        (_number(SQUARES - filled, t), t("nothing stated yet")),
        filled,
        float(SQUARES),
    )
    return [*found, empty]


def _lines(content: TargetContent, rung: str, unit: float, t: Texts) -> list[str]:
    """The tonnes of a rung, and the largest project in it where it fills a square or more."""
    row = content.ladder_row(rung)
    lines = [
        t.count(
            "{tonnes} of {n} project",
            "{tonnes} of {n} projects",
            row["projects_with_schedule"],
            tonnes=amount_short(row["tco2_low"], t),
        )
    ]
    largest = next((one for one in content.by_project if one["stage"] == rung and one["expected_tco2"]), None)
    if largest is not None and largest["expected_tco2"] >= LARGE_SQUARES * unit:
        lines.append(
            t(
                "{n} of them are one project in {country}",
                n=t.number(largest["expected_tco2"] / unit, 1),
                country=content.names["country"].get(largest["iso3"], largest["iso3"]),
            )
        )
    return lines


def _short(rung: str, t: Texts) -> str:
    return {
        "pipeline": t("selected or planned"),
        "validation": t("under validation"),
        "registered": t("registered"),
    }[rung]


def _squares(squares: float, t: Texts) -> str:
    return t("{n} squares", n=_number(squares, t))


def _number(squares: float, t: Texts) -> str:
    """Whole squares where there are many, else with as many digits as the amount has."""
    return t.number(squares, 0 if squares >= 10 else 1 if squares >= 0.1 else 2)


def _inside(content: TargetContent, stated: dict[str, Any] | None, t: Texts) -> list[tuple[str, str]]:
    """Title and signs of the magnified squares."""
    magnified = _magnified(content)
    if not magnified:
        return []
    lines = [("", t.count("Inside the first square", "Inside the first {n} squares", magnified))]
    parts = dict(_verified_parts(content))
    low, high = (content.rung_total(content.verified_rung, end) for end in ("low", "high"))
    if content.verified_rung == "japan":
        lines.append(("issued", t("{tonnes} to the Japanese side", tonnes=amount_short(low, t))))
    else:
        if parts["issued"]:
            lines.append(("issued", t("{tonnes} issued", tonnes=amount_short(parts["issued"], t))))
        if parts["decided"]:
            lines.append(("decided", t("{tonnes} more decided", tonnes=amount_short(parts["decided"], t))))
    if parts["range"]:
        lines.append(("range", t("up to {tonnes}: amount known as a range", tonnes=amount_short(high, t))))
    if stated is not None:
        lines.append(
            (
                "outline",
                t(
                    "{tonnes} stated as issued ({day})",
                    tonnes=amount_short(stated["stated_value"], t),
                    day=t.partial_day(stated["as_of_on"], stated["as_of_precision"]),
                ),
            )
        )
    return lines
