"""How Django's forms look in this house."""

from typing import Any

from django.forms.renderers import DjangoTemplates

OURS = {
    "django/forms/errors/list/default.html": "kit/forms/errors.html",
    "django/forms/errors/list/ul.html": "kit/forms/errors.html",
    "django/forms/widgets/radio.html": "kit/forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "kit/forms/choices.html",
}


class NabijRenderer(DjangoTemplates):
    """Forms with label, hint and error beside the field, and a summary of errors on top.

    The built-in widget templates stay in reach without `django.forms` among the installed apps.
    """

    form_template_name = "kit/forms/form.html"
    field_template_name = "kit/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Our template where we have one, otherwise Django's own."""
        return super().get_template(OURS.get(template_name, template_name))
