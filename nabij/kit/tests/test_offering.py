"""A field offers what is known when the form is shown."""

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType

from nabij.kit.offering import offer


class AskForm(forms.Form):
    way = forms.ChoiceField()
    days = forms.MultipleChoiceField()
    kind = forms.ModelChoiceField(ContentType.objects.none())
    why = forms.CharField()


def test_choices_and_records_are_offered():
    form = AskForm()
    offer(form, way=[("a", "A")], days=[("1", "maandag")], kind=ContentType.objects.filter(model="zuid"))
    assert form.fields["way"].choices == [("a", "A")]
    assert form.fields["days"].choices == [("1", "maandag")]
    assert "zuid" in str(form.fields["kind"].queryset.query)


def test_a_field_to_fill_in_offers_nothing():
    with pytest.raises(TypeError, match="why is a field to fill in"):
        offer(AskForm(), why=[])
