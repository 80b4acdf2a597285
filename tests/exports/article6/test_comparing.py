"""Two reports are told apart cell by cell, or where two Parties contradict each other; none is taken over the other."""

from model.ledger.agreed_format.comparing import compare, same_rows
from model.ledger.agreed_format.report import Report
from model.ledger.agreed_format.tables import ACTIONS, AUTHORIZATIONS, SUBMISSION
from tests.exports.article6.worked_case import changed, completed, report

WHOLE = completed(report(2025))


def test_a_report_says_what_it_says() -> None:
    assert not compare(WHOLE, WHOLE)
    turned = Report({key: list(reversed(rows)) for key, rows in WHOLE.tables.items()})
    assert not compare(WHOLE, turned)
    assert not compare(WHOLE, changed(WHOLE, ACTIONS, UnitFirstId="NA"))


def test_a_changed_cell_is_told_with_both_values_and_places() -> None:
    other = changed(WHOLE, ACTIONS, 1, QuantityTCo2=14)
    (found,) = compare(WHOLE, other)
    assert (found.sheet, found.heading) == ("Table 3 Actions", "Quantity (t CO2 eq)")
    assert (found.line_a, found.line_b, found.value_a, found.value_b) == (10, 10, 15, 14)
    assert "“15” in the first, “14” in the second" in found.words[0]
    (day,) = compare(WHOLE, changed(WHOLE, ACTIONS, 0, Date="2025-03-02T03:00:00.000Z"))
    assert day.heading == "Action date"


def test_a_row_of_one_report_alone_is_told() -> None:
    less = Report({**WHOLE.tables, "Actions": WHOLE.rows(ACTIONS)[1:]})
    (found,) = compare(WHOLE, less)
    assert (found.line_a, found.line_b) == (9, None)
    assert found.words[0].startswith("Only in the first: Action type Acquisition")
    (found,) = compare(less, WHOLE)
    assert "Only in the second" in found.words[0]


def test_a_revision_is_told_from_a_report_made_again() -> None:
    assert same_rows(WHOLE, changed(WHOLE, SUBMISSION, SubmissionDate="2026-05-01"))
    assert not same_rows(WHOLE, changed(WHOLE, SUBMISSION, Version="1.1"))
    assert not same_rows(WHOLE, changed(WHOLE, AUTHORIZATIONS, Quantity=61))


def test_two_parties_that_contradict_each_other_are_told() -> None:
    host = report(2025, "MNG")
    assert not compare(report(2025), host)
    (found,) = compare(report(2025), changed(host, ACTIONS, QuantityTCo2=10))
    assert "MNG: 30 t transferred to JPN; JPN: 35 t acquired" in found.words[0]
    assert "vintage 2023" in found.words[0]
    assert (found.value_a, found.value_b) == (35, 30)
    (turned,) = compare(changed(host, ACTIONS, QuantityTCo2=10), report(2025))
    assert (turned.value_a, turned.value_b) == (30, 35)
