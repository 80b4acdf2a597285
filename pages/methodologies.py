"""Methodologies and the projects that use them, decisions of Joint Committees by date, days of each step."""

from pages.frame import open_frame
from view.methodologies import page as methodologies


def main() -> None:
    """The projects of one methodology come first where the address asks for it."""
    frame = open_frame(filters=("country", "sector"), lists="methodologies")
    codes = [row["methodology_code"] for row in frame.rows("methodologies")]
    code = frame.controls.given("methodology", frame.t("Methodology"), {one: one for one in codes})
    page = frame.show(methodologies, {"methodology": code})
    page.draw(*sorted(page.keys, key=lambda key: not (code and key == "methodology_projects")))
    frame.foot()


main()
