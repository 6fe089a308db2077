import pytest

from nabij.notify.addresses import kind_and_normal


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("06 00000042", ("phone", "+31600000042")),
        ("0031-6-00000042", ("phone", "+31600000042")),
        ("+32 470 12 34 56", ("phone", "+32470123456")),
        (" Mirjam@Example.NL ", ("email", "mirjam@example.nl")),
        ("112", None),
        ("12", None),
        ("bel maar", None),
        ("mirjam@", None),
        ("1" * 41, None),
        ("a" * 250 + "@example.nl", None),
        ("", None),
    ],
)
def test_an_address_has_one_normal_form_or_is_none(typed, found):
    assert kind_and_normal(typed) == found
