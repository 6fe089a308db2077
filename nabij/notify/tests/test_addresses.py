import pytest

from nabij.notify.addresses import kind_and_normal, office_phone


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


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("020 - 123 45 67", "+31201234567"),
        ("06-12345678", "+31612345678"),
        ("088 1234567", "+31881234567"),
        ("+49 30 1234567", "+49301234567"),
        ("0900-8844", "09008844"),
        ("+31 900 8844", "09008844"),
        ("0800-0113", "08000113"),
        ("14 020", "14020"),
        ("0201", None),
        ("vraag Jan", None),
    ],
)
def test_the_number_of_an_office_is_as_it_is_dialled_from_here(typed, dialled):
    assert office_phone(typed) == dialled
