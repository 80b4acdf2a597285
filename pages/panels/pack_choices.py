"""For whom a pack is made, in which language, and as of which day."""

from datetime import date

import streamlit as st

from exports.briefing.request import Request, RequestError, request_of
from model.fiscal_year import a_year_before
from pages.frame import Frame
from queries.outlook import shipped_scenarios
from view.briefing import page as words
from view.marks.markup import draw, line_under
from view.outlook.words import scenario_name
from view.participants.words import name_of


def choose_requests(frame: Frame) -> tuple[list[Request], list[str]]:
    """Draws the choices; returns the requests, one for each language, and what is wrong with them."""
    t, controls = frame.t, frame.controls
    audience = controls.one("audience", t("For whom"), words.audience_names(t))
    left, middle, right = st.columns([1.7, 1, 1], gap="medium")
    subject, earlier = "", None
    day = controls.selection.as_of
    with left:
        if audience == "country":
            subject = controls.one("iso3", t("Partner country"), dict(frame.names["country"]))
        elif audience == "sector":
            names = {code: name for code, name in frame.names["sector"].items() if code != "0"}
            subject = controls.one("scope", t("Sector (JCM sectoral scope)"), names)
        elif audience == "participant":
            rows = frame.rows("participant_names")
            subject = controls.one(
                "name", t("Participant"), {r["participant_id"]: name_of(r, t) for r in rows}
            )
        elif audience == "comparison":
            earlier = _choose_earlier(frame, day)
        else:
            shipped = {code: scenario_name(one, t) for code, one in shipped_scenarios().items()}
            scenario = controls.one("scenario", t("Scenario of the outlook"), shipped)
    with middle:
        lang = controls.one("pack", t("Language of the pack"), words.language_choices(t))
    with right:
        draw(t, line_under(t("Day of the facts: {day}", day=t.day(day))))
    given = {"audience": audience, "subject": subject, "as_of": day, "earlier": earlier}
    if audience == "programme":
        given["scenario"] = scenario
    languages = ("ja", "en") if lang == "both" else (lang,)
    try:
        return [request_of(frame.warehouse, lang=one, **given) for one in languages], []  # type: ignore[arg-type]
    except RequestError as error:
        return [], [words.faults_html(error.faults, t)]


def _choose_earlier(frame: Frame, day: date) -> date | None:
    """The day that a comparison begins with; None where there is none before the reader's day."""
    first = frame.warehouse.first_on
    if day == first:
        return None
    before = a_year_before(day, first)
    return frame.controls.day("earlier", frame.t("Compared with"), (first, day), before)
