"""What accounts adds below it: the verbs of coming and going."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail

trail.register(
    {
        "account.opened": gettext_lazy("Account gemaakt"),
        "membership.began": gettext_lazy("Rol gegeven"),
        "membership.ended": gettext_lazy("Rol beëindigd"),
    }
)
