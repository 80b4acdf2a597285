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
    if content.selection.measure == "combined":
        return t("Gap to the targets (verified + expected)")
    return t("Gap to the targets (expected)")


def gap_panel(content: Content, t: Texts) -> str:
    """HTML: one section a target. Figures that cannot be had say so."""
    progress = content.progress()
    if not progress:
        return f'<p class="jcm-sentence">{escape(t("No target was in force on this day."))}</p>'
    sections = [
        _section(p, target, t, knowledge(content, t))
        for p, target in zip(progress, content.targets, strict=True)
    ]
    return f'<div class="jcm-gap">{"".join(sections)}</div>'


def _section(progress: Progress, target: Target, t: Texts, known: str) -> str:
    big = ten_thousands if t.lang == "ja" else megatonnes
    unit = "" if t.lang == "ja" else " Mt-CO₂"
    heading = t("To go until the end of FY{year}", year=target.fiscal_year)
    if not target.is_decided:
        heading = t("To go to the upper end under discussion, FY{year}", year=target.fiscal_year)
    rows = [
        (t("Level today (expected to have been reached)"), f"{big(progress.level_tco2, t)}{_mt(t)}", False),
        (t("Years left"), t.number(progress.years_left, 1), False),
        (
            t("Required mean pace"),
            per_year(progress.required_pace_tco2, t)
            if progress.required_pace_tco2
            else t("the year is over"),
            True,
        ),
    ]
    for pace in progress.paces:
        ratio = progress.ratio[pace.years]
        times = (
            ""
            if ratio is None
            else t(" (required: {ratio} times)", ratio=t.number(ratio, 1 if ratio < 100 else 0))
        )
        label = t.count("Pace, last fiscal year", "Pace, mean of the last {n} fiscal years", pace.years)
        rows.append((label, per_year(pace.tco2_per_year, t) + times, False))
    rows.append(
        (
            t("Short at the end of FY{year} with the projects {known}", year=target.fiscal_year, known=known),
            f"{big(progress.shortfall_tco2, t)}{_mt(t)}",
            True,
        )
    )
    items = "".join(
        f'<dt>{escape(label)}</dt><dd class="{"jcm-strong" if strong else "jcm-plain"}">{escape(value)}</dd>'
        for label, value, strong in rows
    )
    return (
        f"<section><h3>{escape(heading)}</h3>"
        f'<div class="jcm-figure">{escape(big(progress.to_go_tco2, t))}'
        f"<small>{escape(unit)} {escape(amount_elsewhere(progress.to_go_tco2, t))}</small></div>"
        f"<dl>{items}</dl></section>"
    )


def _mt(t: Texts) -> str:
    return "" if t.lang == "ja" else " Mt"


def gap_sentence(content: Content, t: Texts) -> str:
    """The panel in one sentence."""
    progress = content.progress()
    if not progress or progress[0].required_pace_tco2 is None:
        return t("No target lies ahead of this day.")
    near = progress[0]
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
