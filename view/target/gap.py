"""The gap to each target: to go, years left, required pace and the paces so far, as one dense panel."""

from html import escape

import pyarrow as pa

from model.ladder import RUNG_BY_CODE
from model.overview import Target, progress_of
from model.progress import Progress
from view.amounts import amount_elsewhere, megatonnes, per_year, ten_thousands
from view.target.content import Content, labelled
from view.target.sentences import knowledge
from view.texts import Texts


def gap_title(content: Content, t: Texts) -> str:
    """Title with the measure named."""
    if content.selection.is_part:
        return t("Part of the targets")
    if content.selection.measure == "combined":
        return t("Gap to the targets (verified + expected)")
    return t("Gap to the targets (expected)")


def gap_panel(content: Content, t: Texts) -> str:
    """HTML: what is to go in large figures, and one table of paces with a column for each target."""
    progress = content.progress()
    if not progress:
        return f'<p class="jcm-sentence">{escape(t("No target was in force on this day."))}</p>'
    figure = _part if content.selection.is_part else _to_go
    figures = "".join(figure(p, target, t) for p, target in zip(progress, content.targets, strict=True))
    return f'<div class="jcm-gap">{figures}</div>{_paces(progress, content, t)}'


def _to_go(progress: Progress, target: Target, t: Texts) -> str:
    big = ten_thousands(progress.to_go_tco2, t) if t.lang == "ja" else megatonnes(progress.to_go_tco2, t)
    heading = t("To go until the end of FY{year}", year=target.fiscal_year)
    if not target.is_decided:
        heading = t("To go to the upper end under discussion, FY{year}", year=target.fiscal_year)
    other = amount_elsewhere(progress.to_go_tco2, t)
    small = other if t.lang == "ja" else f"Mt-CO₂ · {other}"
    return (
        f"<section><h3>{escape(heading)}</h3>"
        f'<div class="jcm-figure">{escape(big)}</div><div class="jcm-unit">{escape(small)}</div></section>'
    )


def _part(progress: Progress, target: Target, t: Texts) -> str:
    """What a part of the programme brings of a target; the target itself is asked of the whole."""
    heading = t("Of the target by the end of FY{year}", year=target.fiscal_year)
    amount = ten_thousands if t.lang == "ja" else megatonnes
    unit = "t-CO₂" if t.lang == "ja" else " Mt-CO₂"
    small = f"{amount(progress.by_target_year_tco2, t).removesuffix('t')}{unit}"
    return (
        f"<section><h3>{escape(heading)}</h3>"
        f'<div class="jcm-figure">{escape(t.percent(progress.share))}</div><div class="jcm-unit">{escape(small)}</div></section>'
    )


def pace_rows(progress: tuple[Progress, ...], content: Content, t: Texts) -> list[tuple[str, list[str], str]]:
    """Rows of the table: label, then one figure for each target, or one for all where they are the same, and style."""
    near = progress[0]
    number = ten_thousands if t.lang == "ja" else megatonnes
    rows: list[tuple[str, list[str], str]] = [
        (t("Level as of {day}", day=t.day_short(near.as_of)), [number(near.level_tco2, t)], ""),
    ]
    is_part = content.selection.is_part
    if not is_part:
        rows += [
            (t("Years left"), [t.number(p.years_left, 1) for p in progress], ""),
            (
                t("Required mean pace, a year"),
                [
                    number(p.required_pace_tco2, t)
                    if p.required_pace_tco2 is not None
                    else t("the year is over")
                    for p in progress
                ],
                "jcm-strong",
            ),
        ]
    for pace in near.paces:
        label = t.count("Pace, last fiscal year", "Pace, mean of the last {n} fiscal years", pace.years)
        rows.append((label, [number(pace.tco2_per_year, t)], ""))
        ratios = [p.ratio[pace.years] for p in progress]
        if not is_part and any(ratio is not None for ratio in ratios):
            rows.append((t("required ÷ this pace"), [_times(ratio, t) for ratio in ratios], "jcm-inset"))
    if is_part:
        return rows
    rows.append(
        (
            t("Short at the end of the year with the projects {known}", known=knowledge(content, t)),
            [number(p.shortfall_tco2, t) for p in progress],
            "jcm-strong",
        )
    )
    return rows


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
    near = progress[0]
    if content.selection.is_part:
        return t(
            "The pace that a target requires is asked of the whole programme; this is what the part chosen brings."
        )
    ratio = near.ratio[3]
    if ratio is None:
        return t(
            "{pace} are needed until the end of FY{year}; the last three fiscal years brought nothing to compare with.",
            pace=per_year(near.required_pace_tco2 or 0, t),
            year=near.target_fiscal_year,
        )
    return t(
        "The mean pace needed until the end of FY{year} is {ratio} times that of the last three fiscal years.",
        year=near.target_fiscal_year,
        ratio=t.number(ratio, 1 if ratio < 100 else 0),
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
            put(t("Level on the as-of date (tCO2)"), p.level_tco2)
            put(t("By the end of the target year (tCO2)"), p.by_target_year_tco2)
            put(t("Share of the target"), p.share)
            put(t("To go from the level (tCO2)"), p.to_go_tco2)
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

    add(gap_title(content, t), content.progress())
    for code, rung in RUNG_BY_CODE.items():
        progress = progress_of(content.by_rung, (code,), content.targets, content.selection.as_of)
        add(t.pick(rung.name_en, rung.name_ja), progress)
    return labelled(columns or {t("Measure"): []})


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
