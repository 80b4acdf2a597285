"""Filters are one thing on all pages: in the address, kept when the page changes, cleared with one click."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.reading import address_of, control, html_of, opened

FILTERED = ("pages/countries.py", "pages/sectors.py", "pages/projects.py", "pages/map.py")


def reset_button(app: AppTest) -> list[object]:
    return [button for button in app.button if button.key == "reset"]


@pytest.mark.parametrize("page", FILTERED)
def test_filters_chosen_on_the_first_page_hold_on_the_next(page: str) -> None:
    app = opened(lang="en", country=["MNG", "THA"], funding="government", status="registered")
    app.switch_page(page).run()
    assert not app.exception
    assert control(app, "country").value == ["MNG", "THA"]
    assert control(app, "funding").value == ["government"]
    assert control(app, "status").value == ["registered"]
    held = address_of(app)
    assert held["country"] == ["MNG", "THA"]
    assert held["status"] == ["registered"]


def test_a_filter_set_on_a_later_page_holds_on_the_first() -> None:
    app = opened("pages/countries.py", lang="en")
    control(app, "sector").set_value(["1"]).run()
    assert address_of(app)["sector"] == ["1"]
    app.switch_page("pages/target.py").run()
    assert control(app, "sector").value == ["1"]
    assert address_of(app)["sector"] == ["1"]


def test_the_reset_is_offered_once_something_is_chosen_and_clears_it_all() -> None:
    app = opened(lang="en")
    assert not reset_button(app)
    control(app, "country").set_value(["MNG"]).run()
    control(app, "as_of").set_value("2024-03-31").run()
    (button,) = reset_button(app)
    button.click().run()  # type: ignore[attr-defined]
    assert control(app, "country").value == []
    assert "country" not in address_of(app)
    assert "as_of" not in address_of(app)
    assert address_of(app)["lang"] == ["en"]
    assert not reset_button(app)


def test_the_stage_filter_takes_the_stage_of_the_day() -> None:
    now = opened(lang="en", status="registered")
    then = opened(lang="en", status="registered", as_of="2018-03-31")
    assert address_of(then)["as_of"] == ["2018-03-31"]
    assert not now.exception
    assert not then.exception


def test_the_counts_of_a_filter_are_those_of_the_day_and_a_choice_outlives_a_change_of_day() -> None:
    app = opened(lang="en", country=["MNG"], sector="13")
    now = control(app, "country").options
    control(app, "as_of").set_value("2016-03-31").run()
    assert not app.exception
    then = control(app, "country").options
    assert [name.partition(" (")[0] for name in then] == [name.partition(" (")[0] for name in now]
    assert then != now
    assert control(app, "country").value == ["MNG"]
    assert control(app, "sector").value == ["13"]
    assert then == control(opened(lang="en", as_of="2016-03-31"), "country").options


def test_a_link_to_any_page_comes_with_the_navigation_around_it() -> None:
    app = opened("pages/methods.py", lang="ja")
    assert app.session_state["address.page"] == "methods"
    assert "データと方法" in html_of(app)


def test_a_choice_made_before_the_browser_heard_of_the_last_one_keeps_both() -> None:
    app = opened(lang="en")
    control(app, "country").set_value(["MNG"]).run()
    del app.query_params["country"]
    control(app, "funding").set_value(["government"]).run()
    assert control(app, "country").value == ["MNG"]
    assert address_of(app)["country"] == ["MNG"]
    assert address_of(app)["funding"] == ["government"]


def test_a_step_back_takes_the_choice_back() -> None:
    app = opened(lang="en")
    control(app, "country").set_value(["MNG"]).run()
    del app.query_params["country"]
    app.run()
    assert control(app, "country").value == []
