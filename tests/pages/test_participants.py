"""Participants and their profiles: reachable in both languages, tonnes told as those of the projects."""

import re
from html import unescape
from pathlib import Path

import pytest

from queries.warehouse import Warehouse, current
from tests.pages.reading import address_of, answer_of, control, figures_of, html_of, opened

LIST, PROFILE = "pages/participants.py", "pages/participant.py"


@pytest.fixture
def warehouse(warehouse_dir: Path) -> Warehouse:
    return current(warehouse_dir)


def listed(html: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a class="jcm-link" href="participant\?[^"]*name=([^"&]+)', html)


@pytest.mark.parametrize(
    ("lang", "first", "said"),
    [
        ("en", "Tokyo Century Corporation", "no source states how they are divided among them"),
        ("ja", "東京センチュリー株式会社", "参加者間の配分を示す資料はありません"),
    ],
)
def test_the_list_begins_with_the_most_projects_and_says_what_its_tonnes_are(
    lang: str, first: str, said: str, warehouse: Warehouse
) -> None:
    app = opened(LIST, lang=lang)
    html = html_of(app)
    everyone = [row["participant_id"] for row in warehouse.run("participants").to_pylist()]
    assert str(len(everyone)) in answer_of(app)
    assert listed(html) == everyone[:50]
    assert first in html
    assert said in html


def test_all_pages_of_the_list_together_hold_every_participant_once(warehouse: Warehouse) -> None:
    everyone = [row["participant_id"] for row in warehouse.run("participants").to_pylist()]
    pages = -(-len(everyone) // 50)
    last = listed(html_of(opened(LIST, lang="en", page=str(pages))))
    assert last == everyone[(pages - 1) * 50 :]


@pytest.mark.parametrize("search", ["丸紅", "MARUBENI", "green power asset"])
def test_a_search_in_either_language_finds_a_participant(search: str) -> None:
    found = listed(html_of(opened(LIST, lang="en", q=search)))
    assert "marubeni-green-power-asset-thailand" in found
    assert ("marubeni" in found) == (search != "green power asset")


def test_sides_and_groups_narrow_and_join_the_list() -> None:
    japan = listed(html_of(opened(LIST, lang="en", show="japan", country="KHM")))
    assert "minebeamitsumi" in japan
    assert "minebea-cambodia" not in japan
    grouped = html_of(opened(LIST, lang="en", by="group", country="KHM"))
    assert "minebea-cambodia" not in listed(grouped)
    assert "2 participants together" in grouped


@pytest.mark.parametrize(
    ("lang", "name", "other"),
    [
        ("en", "Sharp Energy Solutions Corporation", "シャープエネルギーソリューション株式会社"),
        ("ja", "シャープエネルギーソリューション株式会社", "Sharp Energy Solutions Corporation"),
    ],
)
def test_a_profile_shows_projects_partners_group_and_names(
    lang: str, name: str, other: str, warehouse: Warehouse
) -> None:
    app = opened(PROFILE, lang=lang, name="sharp-energy-solutions")
    html = html_of(app)
    assert answer_of(app) == f"{name} {other}"
    projects = warehouse.run(
        "projects", participants=["sharp-energy-solutions"], rows_at_most=100
    ).to_pylist()
    for row in projects:
        assert f"project={row['project_id']}" in html
    partners = warehouse.run("participants", participants=["sharp-energy-solutions"]).to_pylist()
    linked = set(re.findall(r"participant\?[^\"]*name=([^\"&]+)", html))
    assert {row["participant_id"] for row in partners} - {"sharp-energy-solutions"} <= linked
    assert "sharp" in linked, "its group"


@pytest.mark.parametrize("asked", ["丸紅", "Marubeni", "ＭＡＲＵＢＥＮＩ　Corporation"])
def test_a_profile_opens_by_any_of_the_names(asked: str) -> None:
    app = opened(PROFILE, lang="en", name=asked)
    assert address_of(app)["name"] == ["marubeni"]


def test_a_name_that_is_nobodys_leads_to_near_ones() -> None:
    html = html_of(opened(PROFILE, lang="en", name="Marubenni"))
    assert "There is no participant “Marubenni”" in unescape(html)
    assert "name=marubeni" in html


def test_who_leads_a_group_and_is_in_no_list_shows_its_members() -> None:
    html = html_of(opened(PROFILE, lang="en", name="aeon"))
    assert "No project with its participation is known on this day." in html
    assert "name=aeon-mall" in html


def test_the_past_shows_the_projects_of_the_past() -> None:
    now = html_of(opened(PROFILE, lang="en", name="marubeni"))
    then = html_of(opened(PROFILE, lang="en", name="marubeni", as_of="2020-03-31"))
    assert "9 projects with its participation" in now
    assert "2 projects with its participation" in then


def test_an_address_with_recorded_names_leads_to_the_participants() -> None:
    app = opened(
        "pages/projects.py", lang="en", participant=["Tokyo Century Corporation", "EVN Hanoi", "Nobody"]
    )
    assert control(app, "participant").value == ["tokyo-century", "evn-hanoi-power"]
    assert address_of(app)["participant"] == ["tokyo-century", "evn-hanoi-power"]
    assert "participant=Nobody" in html_of(app)


def test_the_page_of_a_project_leads_to_its_participants() -> None:
    html = html_of(opened("pages/project.py", lang="ja", project="VN017"))
    assert re.search(r'participant\?[^"]*name=kanematsu-kgk[^"]*">兼松KGK株式会社</a>', html)
    assert re.search(r"participant\?[^\"]*name=sao-mai-group", html)


def test_the_chart_of_a_profile_draws_no_target_and_no_milestone_of_another_country(
    warehouse: Warehouse,
) -> None:
    rows = {row["participant_id"]: row for row in warehouse.run("participants").to_pylist()}
    key = next(
        name for name, row in rows.items() if row["iso3_codes"] == "VNM" and row["expected_first_tco2"]
    )
    app = opened(PROFILE, lang="en", name=key)
    spec = figures_of(app)["chart_cumulative"]
    named = str(spec)
    assert "100 Mt" not in named
    assert "against both targets" not in html_of(app)
    assert not [country for country in ("Mongolia", "Indonesia", "Thailand") if country in named]
