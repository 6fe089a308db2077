"""What the own space adds below it: verbs, the way in from one's own pages, a panel of a case."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.kit import panels

trail.register(
    {
        "own_request.asked": gettext_lazy("Persoon vroeg iets over de eigen gegevens"),
        "own_request.answered": gettext_lazy("Verzoek over eigen gegevens beantwoord"),
        "person.erased": gettext_lazy("Gegevens gewist"),
    }
)
panels.add("own", panels.Panel(gettext_noop("Mijn hulp"), "own_space:door", lambda actor, _: True, order=10))
panels.add(
    "case_aside",
    panels.Panel(gettext_noop("De persoon zelf"), "own_space:panel", lambda actor, case: True, order=60),
)
