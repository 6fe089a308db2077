"""What accounts adds below it: the verbs of coming and going."""

from nabij.audit import trail

trail.register(
    {
        "account.opened": "Account gemaakt",
        "membership.began": "Rol gegeven",
        "membership.ended": "Rol beëindigd",
    }
)
