"""The gap to each target: to go, years left, required pace and the paces so far, as one dense panel."""

from collections.abc import Callable

from model.overview import End, Target
from model.progress import Progress
from view.amounts import amount_short, between, megatonnes, ten_thousands
from view.marks.table import Markup
from view.target.content import TargetContent
from view.target.sentences import (
    PRESENT_PACE_YEARS,
    capital,
    knowledge,
    percent,
    rung_name,
    to_date,
    verified_words,
)
from view.texts import Texts, Told

LONG = 10
"""Signs of a figure from which on it is written smaller, as a range is."""

Ends = tuple[Progress, Progress]
"""Progress from the low and from the high end of what is verified."""

ENDS: tuple[End, End] = ("low", "high")


def gap_title(content: TargetContent, t: Texts) -> str:
    """Title with the rungs named: what is verified comes first."""
    if content.selection.is_part:
        return t("Part of the targets (verified, then expected)")
    if content.selection.measure == "combined":
        return t("Gap to the targets (verified, then verified + expected)")
    return t("Gap to the targets (verified, then expected)")


def gap_panel(content: TargetContent, t: Texts) -> Markup:
    """What is to go in large figures, from the verified first, and one table with a column for each target."""
    progress = content.progress()
    if not progress:
        return Markup('<p class="jcm-sentence">{}</p>').format(t("No target was in force on this day."))
    figure = _part if content.selection.is_part else _to_go
    parts = zip(verified_ends(content), progress_ends(content), content.targets, strict=True)
    figures = Markup("").join(figure(verified, p, target, content, t) for verified, p, target in parts)
    return Markup('<div class="jcm-gap">{}</div>{}').format(figures, _paces(progress, content, t))


def progress_ends(content: TargetContent) -> list[Ends]:
    """Progress of the measure against each target, from both ends."""
    return list(zip(content.progress(), content.progress("high"), strict=True))


def verified_ends(content: TargetContent) -> list[Ends]:
    """Progress of what is verified against each target, from both ends."""
    return list(zip(content.verified(), content.verified("high"), strict=True))


def _gap(ends: Ends, t: Texts, write: Callable[[float, Texts], str]) -> str:
    """What is to go: the less, the more is verified."""
    return between(ends[1].to_go_tco2, ends[0].to_go_tco2, t, write)


def _to_go(verified: Ends, progress: Ends, target: Target, content: TargetContent, t: Texts) -> Markup:
    heading = t("To go until the end of FY{year}", year=target.fiscal_year)
    if not target.is_decided:
        heading = t("To go to the upper end under discussion, FY{year}", year=target.fiscal_year)
    number = ten_thousands if t.lang == "ja" else megatonnes
    unit = "" if t.lang == "ja" else f"{pace_unit(t)} "
    rung = rung_name(content.verified_rung, t)
    return _section(
        heading,
        (_gap(verified, t, number), unit + t("from what is verified ({rung})", rung=rung)),
        (_gap(progress, t, number), unit + t("from the {measure}", measure=to_date(content, t))),
    )


def _part(verified: Ends, progress: Ends, target: Target, content: TargetContent, t: Texts) -> Markup:
    """What a part of the programme is of a target; the target itself is asked of the whole."""
    rung, known = rung_name(content.verified_rung, t), content.rung_total(content.verified_rung, "high")
    estimated = content.has_schedule or content.selection.measure == "combined"
    by_then = t("Verified + expected") if content.selection.measure == "combined" else t("Expected")
    return _section(
        t("Of the target by the end of FY{year}", year=target.fiscal_year),
        (_share(verified, t) if known else "–", f"{rung} · {verified_words(content, t)}"),
        (
            _share(progress, t) if estimated else "–",
            f"{by_then} · "
            + (
                between(progress[0].by_target_year_tco2, progress[1].by_target_year_tco2, t, amount_short)
                if estimated
                else t("no schedule")
                if content.projects_counted()[1]
                else t("no estimate stated")
            ),
        ),
    )


def _share(ends: Ends, t: Texts) -> str:
    return between(ends[0].share, ends[1].share, t, percent)


def _section(heading: str, first: tuple[str, str], second: tuple[str, str]) -> Markup:
    html = Markup("").join(
        Markup('<div class="{}">{}</div><div class="jcm-unit">{}</div>').format(
            "jcm-figure jcm-range" if len(figure) > LONG else "jcm-figure", figure, words
        )
        for figure, words in (first, second)
    )
    return Markup("<section><h3>{}</h3>{}</section>").format(heading, html)


def pace_rows(
    progress: tuple[Progress, ...], content: TargetContent, t: Texts
) -> list[tuple[str, list[str], str]]:
    """Rows of the table: label, then one figure for each target, or one for all where they are the same, and style."""
    ends = progress_ends(content)
    near, most = ends[0]
    number = ten_thousands if t.lang == "ja" else megatonnes
    rung, measure, verified = rung_name(content.verified_rung, t), to_date(content, t), verified_ends(content)
    known = content.rung_total(content.verified_rung, "high")
    least, reported = (
        content.rung_total(content.verified_rung),
        content.ladder_row(content.verified_rung)["reported_tco2"],
    )
    rows: list[tuple[str, list[str], str]] = [
        (
            t("Verified ({rung})", rung=rung),
            [between(least, known, t, number) if known else verified_words(content, t)],
            "",
        )
    ]
    if reported:
        rows.append((t("of which reported, not confirmed"), [number(reported, t)], "jcm-inset"))
    rows.append(
        (
            t("{measure}, {day}", measure=capital(measure), day=t.day_short(near.as_of)),
            [between(near.level_tco2, most.level_tco2, t, number)],
            "",
        )
    )
    is_part = content.selection.is_part
    if not is_part:
        starts = (
            (t("from what is verified"), verified),
            (t("from the {measure}", measure=measure), ends),
        )
        rows += [
            (t("To go, {start}", start=start), [_gap(p, t, number) for p in found], "")
            for start, found in starts
        ]
        rows.append((t("Years left"), [t.number(p.years_left, 1) for p in progress], ""))
        rows += [
            (
                t("Required a year, {start}", start=start),
                [_required(p, t, number) for p in found],
                "jcm-strong",
            )
            for start, found in starts
        ]
    for pace, best in zip(near.paces, most.paces, strict=True):
        found_pace = between(pace.tco2_per_year, best.tco2_per_year, t, number)
        rows.append((pace_label(pace.years, content, t), [found_pace], ""))
        ratios = [p.ratio[pace.years] for p in progress]
        if not is_part and any(ratio is not None for ratio in ratios):
            rows.append((t("times this pace needed"), [_times(ratio, t) for ratio in ratios], "jcm-inset"))
    if is_part:
        return rows
    rows.append(
        (
            t("Shortfall with the projects {known}", known=knowledge(content, t)),
            [between(q.shortfall_tco2, p.shortfall_tco2, t, number) for p, q in ends],
            "jcm-strong",
        )
    )
    return rows


def _required(ends: Ends, t: Texts, write: Callable[[float, Texts], str]) -> str:
    low, high = (p.required_pace_tco2 for p in ends)
    if low is None or high is None:
        return t("the year is over")
    return between(high, low, t, write)


def pace_label(years: int, content: TargetContent, t: Texts) -> str:
    """A pace so far, with what it is a pace of."""
    if content.selection.measure == "combined":
        return t.count(
            "Verified + expected, last fiscal year",
            "Verified + expected, mean of the last {n} fiscal years",
            years,
        )
    return t.count("Expected, last fiscal year", "Expected, mean of the last {n} fiscal years", years)


def pace_unit(t: Texts) -> str:
    """Unit of the amounts in the table."""
    return "t-CO₂" if t.lang == "ja" else "Mt-CO₂"


def _paces(progress: tuple[Progress, ...], content: TargetContent, t: Texts) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col" class="jcm-n">{}</th>').format(t.year(p.target_fiscal_year)) for p in progress
    )
    body = Markup("").join(
        Markup('<tr class="{}"><th scope="row">{}</th>{}</tr>').format(
            css or "jcm-plain", label, _cells(values, len(progress))
        )
        for label, values, css in pace_rows(progress, content, t)
    )
    return Markup(
        '<table class="jcm-tight jcm-paces"><thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(pace_unit(t), head, body)


def _cells(values: list[str], columns: int) -> Markup:
    if len(values) < columns:
        return Markup('<td class="jcm-n" colspan="{}">{}</td>').format(columns, values[0])
    return Markup("").join(Markup('<td class="jcm-n">{}</td>').format(v) for v in values)


def _times(ratio: float | None, t: Texts) -> str:
    if ratio is None:
        return "–"
    return t("{ratio} times", ratio=t.number(ratio, 1 if ratio < 100 else 0))


def gap_told(content: TargetContent, t: Texts) -> Told:
    """What would be missing even if every project reached what it states; then what is to go."""
    sentence = _to_go_sentence(content, t)
    progress, most = content.progress(), content.progress("high")
    if content.selection.is_part or not progress or not content.targets[0].is_decided:
        return "", sentence
    if not most[0].shortfall_tco2:
        return "", sentence
    return t(
        "Even if every project reaches what it states, {tonnes} are missing by FY{year}",
        tonnes=between(most[0].shortfall_tco2, progress[0].shortfall_tco2, t, amount_short),
        year=progress[0].target_fiscal_year,
    ), sentence


def _to_go_sentence(content: TargetContent, t: Texts) -> str:
    progress = content.progress()
    if not progress or progress[0].required_pace_tco2 is None:
        return t("No target lies ahead of this day.")
    ends, verified = progress_ends(content)[0], verified_ends(content)[0]
    near = ends[0]
    level = between(near.level_tco2, ends[1].level_tco2, t, amount_short)
    values = {
        "target": amount_short(near.target_tco2, t),
        "year": near.target_fiscal_year,
        "rung": rung_name(content.verified_rung, t),
        "verified": verified_words(content, t),
        "measure": to_date(content, t),
    }
    if content.selection.is_part:
        return t(
            "{rung}: {verified}; {measure}: {expected}. The pace that a target requires is asked of the whole programme.",
            expected=level,
            **values,
        )
    text = t(
        "To the {target} target by FY{year}, {verified_gap} are to go from what is verified ({rung}: {verified}) and"
        " {expected_gap} from the {measure} ({expected}).",
        verified_gap=_gap(verified, t, amount_short),
        expected_gap=_gap(ends, t, amount_short),
        expected=level,
        **values,
    )
    ratio = near.ratio[PRESENT_PACE_YEARS]
    if ratio is None:
        return text
    return (
        text
        + t.gap
        + t(
            "Even from the latter, {ratio} times the pace expected in the last {n} fiscal years is needed.",
            ratio=t.number(ratio, 1 if ratio < 100 else 0),
            n=PRESENT_PACE_YEARS,
        )
    )
