from tests.audit import verdict

FINE = {"name": "a", "version": "1", "vulns": []}
BAD = {"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["2.1"]}]}
PASSED_OVER = {"name": "c", "skip_reason": "not found"}


def test_a_package_that_was_passed_over_is_never_called_clean() -> None:
    assert verdict([FINE]) == (0, ["No known vulnerabilities in 1 packages."])
    assert verdict([FINE, BAD]) == (1, ["b 2: X-1, mended in 2.1"])
    assert verdict([FINE, PASSED_OVER])[0] == 3
    assert "c:" in verdict([FINE, PASSED_OVER])[1][0]
    assert verdict([BAD, PASSED_OVER])[0] == 1
    assert verdict([PASSED_OVER])[1] == [
        "The list of known vulnerabilities told nothing about any package: not audited."
    ]
    assert verdict([])[0] == 3
