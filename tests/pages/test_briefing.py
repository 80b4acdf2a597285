"""The briefing page: choices in the address, the first look, and the files of a pack."""

from concurrent.futures import wait

import pytest

from exports.briefing import making
from tests.pages.reading import address_of, answer_of, html_of, opened

PAGE = "pages/briefing.py"


def waited(app: object) -> None:
    """Runs the page again until what is on its way is there."""
    for _ in range(3):
        for held in ("briefing.pack", "briefing.preview"):
            state = app.session_state  # type: ignore[attr-defined]
            for one in state[held] if held in state else ():  # noqa: SIM401 - it has no get
                while not one.is_done():
                    one.take(120)
        app.run()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("lang", "title"), [("en", "Briefing pack"), ("ja", "説明資料")])
def test_the_page_speaks_its_language_and_shows_a_first_look(lang: str, title: str) -> None:
    app = opened(PAGE, lang=lang, audience="country", iso3="PLW")
    waited(app)
    assert answer_of(app) == title
    assert app.get("image") or app.get("imgs") or "alt" in str(app.main)


def test_choices_come_from_the_address_and_stay_there() -> None:
    app = opened(PAGE, lang="en", audience="country", iso3="VNM", pack="both", as_of="2023-03-31")
    assert address_of(app) == {
        "lang": ["en"],
        "audience": ["country"],
        "iso3": ["VNM"],
        "pack": ["both"],
        "as_of": ["2023-03-31"],
    }
    assert [r.request.subject for r in app.session_state["briefing.preview"]] == ["VNM"]


def test_a_pack_is_made_and_offered() -> None:
    app = opened(PAGE, lang="en", audience="country", iso3="PLW")
    waited(app)
    next(b for b in app.button if b.key == "briefing.make").click().run()
    waited(app)
    labels = [b.proto.label for b in app.get("download_button")]
    assert labels == [
        "Everything (ZIP)",
        "Slides (PPTX)",
        "One slide (PPTX)",
        "One page (PDF)",
        "Paper (PDF)",
        "Workbook (XLSX)",
        "Web page (HTML)",
    ]


def test_a_comparison_with_a_day_that_is_not_before_is_said() -> None:
    app = opened(PAGE, lang="en", audience="comparison", earlier="2026-12-31")
    assert "Ignored in the address: earlier=2026-12-31" in html_of(app)


def test_a_pack_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(PAGE, lang="ja", audience="country", iso3="PLW")
    waited(app)
    monkeypatch.setattr(making._worker, "ask", fails)
    making._kept.clear()
    next(b for b in app.button if b.key == "briefing.make").click().run()
    for one in app.session_state["briefing.pack"]:
        wait(one.waiting.values(), timeout=120)
    if "資料を作成できませんでした。" not in html_of(app):  # where the page ran before the work had failed
        app.run()
    assert "資料を作成できませんでした。" in html_of(app)


def fails(*_: object) -> bytes:
    raise RuntimeError("No space left on device")
