"""The gap to each target: to go, years left, required pace and the paces so far, as one dense panel."""

from html import escape

import pyarrow as pa

from model.ladder import RUNG_BY_CODE
from model.overview import Target, progress_of
from model.progress import Progress
from view.amounts import amount_short, megatonnes, ten_thousands
from view.target.content import Content, labelled
from view.target.sentences import PRESENT_PACE_YEARS, knowledge, rung_name, to_date, verified_words
from view.texts import Texts


def gap_title(content: Content, t: Texts) -> str:
    """Title with the rungs named: what is verified comes first."""
    if content.selection.is_part:
        return t("Part of the targets (verified, then expected)")
    if content.selection.measure == "combined":
        return t("Gap to the targets (verified, then verified + expected)")
    return t("Gap to the targets (verified, then expected)")


def gap_panel(content: Content, t: Texts) -> str:
    """HTML: what is to go in large figures, from the verified first, and one table with a column for each target."""
    progress = content.progress()
    if not progress:
        return f'<p class="jcm-sentence">{escape(t("No target was in force on this day."))}</p>'
    figure = _part if content.selection.is_part else _to_go
    pairs = zip(content.verified(), progress, content.targets, strict=True)
    figures = "".join(figure(verified, p, target, content, t) for verified, p, target in pairs)
    return f'<div class="jcm-gap">{figures}</div>{_paces(progress, content, t)}'


def _to_go(verified: Progress, progress: Progress, target: Target, content: Content, t: Texts) -> str:
    heading = t("To go until the end of FY{year}", year=target.fiscal_year)
    if not target.is_decided:
        heading = t("To go to the upper end under discussion, FY{year}", year=target.fiscal_year)
    number = ten_thousands if t.lang == "ja" else megatonnes
    unit = "" if t.lang == "ja" else f"{pace_unit(t)} "
    rung = rung_name(content.verified_rung, t)
    return _section(
        heading,
        (number(verified.to_go_tco2, t), unit + t("from what is verified ({rung})", rung=rung)),
        (number(progress.to_go_tco2, t), unit + t("from the {measure}", measure=to_date(content, t))),
    )


def _part(verified: Progress, progress: Progress, target: Target, content: Content, t: Texts) -> str:
    """What a part of the programme is of a target; the target itself is asked of the whole."""
    rung, known = rung_name(content.verified_rung, t), content.rung_total(content.verified_rung)
    estimated = content.projects_counted()[1] or content.selection.measure == "combined"
    by_then = t("Verified + expected") if content.selection.measure == "combined" else t("Expected")
    return _section(
        t("Of the target by the end of FY{year}", year=target.fiscal_year),
        (t.percent(verified.share) if known else "–", f"{rung} · {verified_words(content, t)}"),
        (
            t.percent(progress.share) if estimated else "–",
            f"{by_then} · "
            + (amount_short(progress.by_target_year_tco2, t) if estimated else t("no estimate stated")),
        ),
    )


def _section(heading: str, first: tuple[str, str], second: tuple[str, str]) -> str:
    figures = "".join(
        f'<div class="jcm-figure">{escape(figure)}</div><div class="jcm-unit">{escape(words)}</div>'
        for figure, words in (first, second)
    )
    return f"<section><h3>{escape(heading)}</h3>{figures}</section>"


def pace_rows(progress: tuple[Progress, ...], content: Content, t: Texts) -> list[tuple[str, list[str], str]]:
    """Rows of the table: label, then one figure for each target, or one for all where they are the same, and style."""
    near = progress[0]
    number = ten_thousands if t.lang == "ja" else megatonnes
    rung, measure, verified = rung_name(content.verified_rung, t), to_date(content, t), content.verified()
    known = content.rung_total(content.verified_rung)
    rows: list[tuple[str, list[str], str]] = [
        (
            t("Verified ({rung})", rung=rung),
            [number(known, t) if known else verified_words(content, t)],
            "",
        ),
        (
            t("{measure}, {day}", measure=_capital(measure), day=t.day_short(near.as_of)),
            [number(near.level_tco2, t)],
            "",
        ),
    ]
    is_part = content.selection.is_part
    if not is_part:
        starts = (
            (t("from what is verified"), verified),
            (t("from the {measure}", measure=measure), progress),
        )
        rows += [
            (t("To go, {start}", start=start), [number(p.to_go_tco2, t) for p in found], "")
            for start, found in starts
        ]
        rows.append((t("Years left"), [t.number(p.years_left, 1) for p in progress], ""))
        rows += [
            (
                t("Required a year, {start}", start=start),
                [
                    number(p.required_pace_tco2, t)
                    if p.required_pace_tco2 is not None
                    else t("the year is over")
                    for p in found
                ],
                "jcm-strong",
            )
            for start, found in starts
        ]
    for pace in near.paces:
        rows.append((pace_label(pace.years, content, t), [number(pace.tco2_per_year, t)], ""))
        ratios = [p.ratio[pace.years] for p in progress]
        if not is_part and any(ratio is not None for ratio in ratios):
            rows.append((t("times this pace needed"), [_times(ratio, t) for ratio in ratios], "jcm-inset"))
    if is_part:
        return rows
    rows.append(
        (
            t("Shortfall with the projects {known}", known=knowledge(content, t)),
            [number(p.shortfall_tco2, t) for p in progress],
            "jcm-strong",
        )
    )
    return rows


def pace_label(years: int, content: Content, t: Texts) -> str:
    """A pace so far, with what it is a pace of."""
    if content.selection.measure == "combined":
        return t.count(
            "Verified + expected, last fiscal year",
            "Verified + expected, mean of the last {n} fiscal years",
            years,
        )
    return t.count("Expected, last fiscal year", "Expected, mean of the last {n} fiscal years", years)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def pace_unit(t: Texts) -> str:
    """Unit of the amounts in the table."""
    return "t-CO₂" if t.lang == "ja" else "Mt-CO₂"


def _paces(progress: tuple[Progress, ...], content: Content, t: Texts) -> str:
    head = "".join(
        f'<th scope="col" class="jcm-n">{escape(t.year(p.target_fiscal_year))}</th>' for p in progress
    )
    body = "".join(
        f'<tr class="{css or "jcm-plain"}"><th scope="row">{escape(label)}</th>{_cells(values, len(progress))}</tr>'
        for label, values, css in pace_rows(progress, content, t)
    )
    return (
        f'<table class="jcm-tight"><thead><tr><th scope="col">{escape(pace_unit(t))}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(values: list[str], columns: int) -> str:
    if len(values) < columns:
        return f'<td class="jcm-n" colspan="{columns}">{escape(values[0])}</td>'
    return "".join(f'<td class="jcm-n">{escape(v)}</td>' for v in values)


def _times(ratio: float | None, t: Texts) -> str:
    if ratio is None:
        return "–"
    return t("{ratio} times", ratio=t.number(ratio, 1 if ratio < 100 else 0))


def gap_sentence(content: Content, t: Texts) -> str:
    """The panel in one sentence."""
    progress = content.progress()
    if not progress or progress[0].required_pace_tco2 is None:
        return t("No target lies ahead of this day.")
    near, verified = progress[0], content.verified()[0]
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
            expected=amount_short(near.level_tco2, t),
            **values,
        )
    text = t(
        "To the {target} target by FY{year}, {verified_gap} are to go from what is verified ({rung}: {verified}) and"
        " {expected_gap} from the {measure} ({expected}).",
        verified_gap=amount_short(verified.to_go_tco2, t),
        expected_gap=amount_short(near.to_go_tco2, t),
        expected=amount_short(near.level_tco2, t),
        **values,
    )
    ratio = near.ratio[PRESENT_PACE_YEARS]
    if ratio is None:
        return text
    return f"{text}{' ' if t.lang == 'en' else ''}" + t(
        "Even from the latter, {ratio} times the pace expected in the last {n} fiscal years is needed.",
        ratio=t.number(ratio, 1 if ratio < 100 else 0),
        n=PRESENT_PACE_YEARS,
    )


def progress_table(content: Content, t: Texts) -> pa.Table:
    """Progress of the measure and of every rung by itself against each target: the panel's figures in full."""
    columns: dict[str, list[object]] = {}

    def put(name: str, value: object) -> None:
        columns.setdefault(name, []).append(value)

    def add(measure: str, progress: tuple[Progress, ...]) -> None:
        for p in progress:
            put(t("Measure"), measure)
            put(t("Target year"), t.year(p.target_fiscal_year))
            put(t("Target (tCO2)"), p.target_tco2)
            put(t("Sum to the as-of date (tCO2)"), p.level_tco2)
            put(t("By the end of the target year (tCO2)"), p.by_target_year_tco2)
            put(t("Share of the target"), p.share)
            put(t("To go from that sum (tCO2)"), p.to_go_tco2)
            put(t("Years left"), round(p.years_left, 2))
            put(t("Required mean pace (tCO2 a year)"), _rounded(p.required_pace_tco2))
            for pace in p.paces:
                label = t.count(
                    "Pace, last fiscal year", "Pace, mean of the last {n} fiscal years", pace.years
                )
                put(t("{pace} (tCO2 a year)", pace=label), _rounded(pace.tco2_per_year))
            for years, ratio in p.ratio.items():
                put(
                    t("Required pace ÷ pace of {n} years", n=years),
                    None if ratio is None else round(ratio, 2),
                )

    def add_rung(code: str) -> None:
        add(
            rung_name(code, t),
            progress_of(content.by_rung, (code,), content.targets, content.selection.as_of),
        )

    add_rung(content.verified_rung)
    add(_capital(to_date(content, t)), content.progress())
    for code in RUNG_BY_CODE:
        if code != content.verified_rung:
            add_rung(code)
    return labelled(columns or {t("Measure"): []})


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
