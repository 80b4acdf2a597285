"""The outlook's draws: certainty gives the schedule, more gives more, parts sum to the whole, seeds repeat."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from model.outlook.parameters import PARAMETERS
from model.outlook.portfolio import in_fiscal_years, power_in_title
from model.outlook.results import (
    fan,
    tornado,
    waterfall,
    year_reached,
)
from model.outlook.scenario import (
    ScenarioError,
    parse_scenario,
    read_scenario,
)
from model.outlook.simulation import simulate
from model.schedule import expected_by_piece, operation_window
from tests.model.certain import certain_scenario, default_scenario
from tests.model.outlook_cases import GOALS, drawn, event, portfolio, project


def schedule_by_year(rows: list[dict[str, Any]]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for row in rows:
        window = operation_window(row["start_on"], 8 + int(row["project_id"][1:]))
        for (year, _), tonnes in expected_by_piece(window, row["annual_tco2"], 2040).items():
            sums[year] = sums.get(year, 0) + tonnes.tco2
    return sums


def test_without_uncertainty_the_draws_are_the_schedule_to_the_tonne() -> None:
    rows = [project(n) for n in range(1, 25)]
    expected = schedule_by_year(rows)
    made = drawn(certain_scenario(), draws=3, projects=rows)
    level = 0
    for year in made.years:
        level += expected.get(year, 0)
        assert set(made.at(year).tolist()) == {float(level)}, year


def test_verified_tonnes_replace_the_expectation_of_their_days() -> None:
    rows = [project(3, start_on=date(2018, 4, 1), end_on=date(2030, 3, 31), annual_tco2=1000)]
    without = drawn(certain_scenario(), draws=1, projects=rows)
    verified = [event(1, "P003", date(2019, 4, 1), date(2020, 3, 31), 900)]
    made = drawn(certain_scenario(), draws=1, projects=rows, verified=verified)
    assert without.at(2019)[0] == 2000
    assert made.at(2019)[0] == 1000 + 900
    assert made.at(2040)[0] == without.at(2040)[0] - 100


def test_a_project_without_a_schedule_has_no_tonnes_in_any_year() -> None:
    rows = [project(n) for n in range(1, 10)]
    unscheduled = project(10, start_on=None, end_on=None, start_basis=None)
    alone = drawn(certain_scenario(), draws=1, projects=rows)
    made = drawn(certain_scenario(), draws=1, projects=[*rows, unscheduled])
    assert made.at(2040)[0] == alone.at(2040)[0]
    assert np.isfinite(drawn(default_scenario(), projects=[unscheduled]).cumulative).all()


def test_delivery_is_measured_where_the_record_could_compare() -> None:
    day = date(2020, 3, 31)
    known, evidence = portfolio(
        verified=[
            event(1, "P003", date(2019, 4, 1), day, 450, expected=500),
            event(2, "P004", date(2019, 4, 1), day, 700),
        ]
    )
    assert [ratio for *_, ratio in evidence.delivery.observed] == [0.9]
    assert set(known.covered) == {2, 3}


def test_equal_seeds_give_equal_draws_on_any_number_of_threads() -> None:
    known, evidence = portfolio()
    made = [
        simulate(
            known,
            evidence,
            default_scenario(),
            target_years=(2030, 2040),
            last_year=2040,
            draws=6_000,
            seed=5,
            threads=threads,
        )
        for threads in (1, 2, 2)
    ]
    assert np.array_equal(made[0].cumulative, made[1].cumulative)
    assert np.array_equal(made[1].cumulative, made[2].cumulative)
    other = drawn(default_scenario(), draws=6_000, seed=6)
    assert not np.array_equal(made[0].cumulative, other.cumulative)


def test_the_parts_of_every_draw_sum_to_its_total() -> None:
    made = drawn(
        default_scenario().changed(large_per_year=1, private_per_year=5),
        verified=[event(1, "P003", date(2019, 4, 1), date(2020, 3, 31), 900)],
    )
    total = np.stack([made.at(2030), made.at(2040)])
    for part in (lambda c: c[0], lambda c: c[1], lambda c: c[2]):
        assert np.allclose(sum(made.grouped(part).values()), total, atol=0.01)


def test_no_draw_ever_falls() -> None:
    made = drawn(default_scenario())
    assert (np.diff(made.cumulative, axis=0) >= 0).all()


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [("impute", 0, 1), ("delivery_mean", 0.7, 1.0), ("size_factor", 1, 2), ("large_per_year", 0, 2)],
)
def test_a_lever_pulls_the_way_it_says(name: str, low: float, high: float) -> None:
    rows = [project(n, annual_tco2=None if n % 2 else 5_000) for n in range(1, 25)]
    medians = [
        np.median(drawn(default_scenario().changed(**{name: value}), projects=rows).at(2040))
        for value in (low, high)
    ]
    assert medians[0] < medians[1]


def test_a_delay_moves_starts_that_lie_ahead_and_no_other() -> None:
    past = [project(1, start_on=date(2018, 4, 1), start_basis="stated")]
    ahead = [project(1, start_on=date(2028, 4, 1), end_on=date(2039, 3, 31))]
    late = certain_scenario().changed(start_shift_years=2)
    assert drawn(late, projects=past).at(2030)[0] == drawn(certain_scenario(), projects=past).at(2030)[0]
    assert drawn(late, projects=ahead).at(2029)[0] == 0
    assert drawn(certain_scenario(), projects=ahead).at(2029)[0] > 0


def test_without_an_estimate_the_power_of_the_title_speaks() -> None:
    rows = [project(2 * n, annual_tco2=700 * 2 * n) for n in range(1, 12)]
    rows.append(
        project(
            40,
            annual_tco2=None,
            title_en="Introduction of 100MW Solar Power",
            stage="registered",
            start_on=date(2027, 4, 1),
            end_on=date(2047, 3, 31),
        )
    )
    made = drawn(
        default_scenario().changed(
            impute=1,
            start_spread=0,
            delivery_mean=1,
            delivery_spread=0,
            delivery_common_spread=0,
            lifetime_spread=0,
            new_per_year=0,
            private_per_year=0,
        ),
        draws=2_000,
        projects=rows,
    )
    imputed = made.grouped(lambda c: c[0])["imputed"][1] / 14
    assert 60_000 < np.median(imputed) < 80_000


@pytest.mark.parametrize(
    ("title", "power"),
    [
        ("20.6MW Solar Power Plant", 20.6),
        ("2.1 MW and 15 MW rooftops", 15.0),
        ("500kW Solar", 0.5),
        ("1,200 kW micro hydro", 1.2),
        ("High efficiency boiler", None),
        ("30MWh battery", None),
    ],
)
def test_the_power_in_a_title(title: str, power: float | None) -> None:
    assert power_in_title(title) == power


def test_fiscal_years_as_numbers() -> None:
    assert in_fiscal_years(date(2030, 4, 1)) == 2030
    assert in_fiscal_years(date(2031, 3, 31)) == pytest.approx(2030 + 364 / 365)
    assert in_fiscal_years(date(2028, 3, 31)) == pytest.approx(2027 + 365 / 366)


def test_delivery_is_drawn_towards_the_prior_while_observations_are_few() -> None:
    rows = [project(3, start_on=date(2018, 4, 1), end_on=date(2030, 3, 31), annual_tco2=1000)]
    none = portfolio(projects=rows)[1].delivery
    decided = event(1, "P003", date(2019, 4, 1), date(2020, 3, 31), 300, expected=1000)
    one = portfolio(projects=rows, verified=[decided])[1].delivery
    assert none.middle == pytest.approx(0.85)
    assert none.projects == 0
    assert 0.3 < one.middle < 0.85
    assert one.common_spread > 0


def test_the_waterfall_ends_at_the_target() -> None:
    made = drawn(default_scenario())
    steps = waterfall(made, GOALS[1])
    assert sum(step.tco2 for step in steps) == pytest.approx(GOALS[1].tco2)
    assert steps[-1].component == "missing"
    assert steps[-1].begins_at == pytest.approx(made.at(2040).mean())


def test_the_year_reached_lies_where_the_paths_cross() -> None:
    made = drawn(certain_scenario(), draws=2)
    level = made.at(2028)[0]
    assert year_reached(made, level).p50 == 2028
    assert year_reached(made, level + 1).p50 == 2029
    never = year_reached(made, 1e12)
    assert (never.p50, never.share) == (None, 0.0)


def test_the_fan_is_in_order_and_the_tornado_moves_each_lever_alone() -> None:
    made = drawn(default_scenario())
    assert all(one.p10 <= one.p50 <= one.p90 for one in fan(made).values())
    known, evidence = portfolio()
    levers = tornado(known, evidence, default_scenario(), GOALS, draws=200)
    assert len({lever.name for lever in levers}) == len(levers) > 8
    widths = [lever.width(1) for lever in levers]
    assert widths == sorted(widths, reverse=True)
    assert len({lever.base for lever in levers}) == 1


def valid() -> dict[str, Any]:
    return default_scenario().as_json()


def test_a_scenario_survives_its_file() -> None:
    again = read_scenario(valid(), "own")
    assert again == default_scenario()


def test_a_file_saved_before_realisation_was_observed_is_still_read() -> None:
    earlier = {
        "realisation_pipeline": 0.8,
        "realisation_validation": 0.95,
        "realisation_new": 0.8,
        "impute": 1,
    }
    found = read_scenario(valid() | {"parameters": {**valid()["parameters"], **earlier}}, "own")
    assert {name: found[name] for name in earlier} == earlier


def test_a_file_saved_before_the_way_to_counting_is_read_as_observed() -> None:
    counting = {p.name: p.default for p in PARAMETERS if p.moves == "counting"}
    assert len(counting) == 6
    earlier = {name: value for name, value in valid()["parameters"].items() if name not in counting}
    found = read_scenario(valid() | {"parameters": earlier}, "own")
    assert {name: found[name] for name in counting} == counting
    assert found == default_scenario()


def test_a_lever_of_counting_leaves_the_draws_as_they_are() -> None:
    moved = default_scenario().changed(weeks_saved=13, cancelled_share=1)
    assert moved.draws_key() == default_scenario().draws_key()
    assert moved.key() != default_scenario().key()
    assert (drawn(moved).cumulative == drawn(default_scenario()).cumulative).all()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("monitoring_years", 0, "allowed: 0.25 to 10 (years), or null"),
        ("weeks_saved", float("nan"), "is not a number; allowed: 0 to 260 (weeks)"),
        ("weeks_saved", None, "is not a number"),
        ("japan_share", 1.2, "allowed: 0 to 1 (share), or null"),
        ("realisation_pipeline", 1.2, "allowed: 0 to 1 (share)"),
        ("realisation_new", -0.1, "allowed: 0 to 1 (share)"),
        ("new_per_year", -3, "allowed: 0 to 500 (projects a year), or null"),
        ("growth", 9, "allowed: -0.5 to 0.5"),
        ("growth", "fast", "is not a number"),
        ("growth", float("nan"), "is not a number"),
        ("growth", True, "is not a number"),
        ("size_factor", None, "is not a number"),
        ("impute", 0.5, "must be a whole number"),
    ],
)
def test_a_value_out_of_its_range_is_named(field: str, value: object, words: str) -> None:
    faulty = valid()
    faulty["parameters"] = {**faulty["parameters"], field: value}
    with pytest.raises(ScenarioError) as raised:
        read_scenario(faulty, "own")
    fault = raised.value.faults[0]
    assert fault.field == f"parameters.{field}"
    assert words in fault.en
    assert any(ord(letter) > 0x3000 for letter in fault.ja)


def test_growth_that_overflows_is_refused_with_what_it_leads_to() -> None:
    with pytest.raises(ScenarioError, match="takes new_per_year from 500 to 1,662,628 a year; at most 5,000"):
        default_scenario().changed(new_per_year=500, growth=0.5)


def test_missing_and_unknown_keys_are_all_named() -> None:
    faulty = valid()
    del faulty["name_ja"]
    faulty["colour"] = "blue"
    del faulty["parameters"]["growth"]
    faulty["parameters"]["speed"] = 1
    with pytest.raises(ScenarioError) as raised:
        read_scenario(faulty, "own")
    assert {f.field for f in raised.value.faults} == {
        "name_ja",
        "colour",
        "parameters.growth",
        "parameters.speed",
    }


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"parameters": 3}'])
def test_what_is_no_scenario_is_said_so(text: str) -> None:
    with pytest.raises(ScenarioError):
        parse_scenario(text, "own")


def test_every_parameter_speaks_both_languages_and_holds_its_default() -> None:
    for parameter in PARAMETERS:
        assert any(ord(letter) > 0x3000 for letter in parameter.title_ja + parameter.text_ja)
        if parameter.default is None:
            assert parameter.may_be_observed
        else:
            assert parameter.least <= parameter.default <= parameter.most


def test_a_portfolio_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no project was known on 2026-11-23"):
        portfolio(projects=[])


@pytest.mark.parametrize(("draws", "years"), [(0, (2030,)), (5, ()), (5, (2050,))])
def test_draws_that_make_no_sense_are_refused(draws: int, years: tuple[int, ...]) -> None:
    known, evidence = portfolio()
    with pytest.raises(ValueError, match="draws to FY2040"):
        simulate(known, evidence, default_scenario(), target_years=years, last_year=2040, draws=draws)
