"""What the unit tests must cover: policies and actions wholly, the rest nearly."""

import json

import pytest

from launch.covering import judge

COVERED: dict[str, list[int]] = {"missing_lines": [], "missing_branches": []}


@pytest.fixture
def report(tmp_path):
    def write(per_cent, **files):
        path = tmp_path / "coverage.json"
        names = {name.replace("__", "/") + ".py": found for name, found in files.items()}
        path.write_text(json.dumps({"totals": {"percent_covered": per_cent}, "files": names}))
        return path

    return write


def test_enough_is_enough(report):
    verdict = judge(
        report(95.0, nabij__people__policies=COVERED, nabij__people__views={"missing_lines": [3]})
    )
    assert verdict.is_enough
    assert str(verdict) == "Covered: 95.0% of nabij, branches included (at least 95%)."


def test_less_than_nearly_all_is_not_enough(report):
    assert not judge(report(94.9)).is_enough


@pytest.mark.parametrize("name", ["people__policies", "paging__actions", "people__actions__joining"])
def test_every_line_of_a_policy_or_an_action_is_covered(report, name):
    gap = {"missing_lines": [7, 8], "missing_branches": [[6, 7], [7, 8]]}
    verdict = judge(report(99.9, **{f"nabij__{name}": gap}))
    assert not verdict.is_enough
    assert verdict.gaps == (f"  nabij/{name.replace('__', '/')}.py: line 7, line 8",)


def test_every_branch_of_an_action_is_covered(report):
    gap = {"missing_lines": [], "missing_branches": [[4, 9], [5, -2]]}
    verdict = judge(report(99.9, nabij__people__actions=gap))
    assert str(verdict).endswith("nabij/people/actions.py: from 4 to 9, from 5 to the end")
