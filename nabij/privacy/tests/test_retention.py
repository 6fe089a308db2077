import pytest

from nabij.kit.content import ContentError
from nabij.privacy import retention
from nabij.privacy.purposes import Purpose


def test_every_term_has_a_known_purpose_and_an_end():
    assert retention.terms()
    for term in retention.terms():
        assert term.purpose in Purpose.values
        assert term.then in {"erase", "anonymise", "hide"}


def test_a_registration_is_kept_a_year_after_the_centre_closed_and_waits_for_a_decision():
    term = retention.term_for("registration")
    assert (term.amount, term.unit, term.starts, term.needs_decision) == (1, "years", "centre_closed", True)


def test_a_kind_without_a_term_is_refused():
    with pytest.raises(ContentError, match="no term for `gossip`"):
        retention.term_for("gossip")


def test_a_term_without_a_known_unit_is_refused(monkeypatch, tmp_path):
    wrong = tmp_path / "retention.toml"
    wrong.write_text(retention.FILE.read_text().replace('unit = "years"', 'unit = "moons"'))
    monkeypatch.setattr(retention, "FILE", wrong)
    with pytest.raises(ContentError, match="moons|registration"):
        retention.terms()
