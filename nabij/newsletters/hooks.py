"""What this app adds below it: verbs, the SIS block of the public page, and a panel at the centre."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.centres import blocks
from nabij.desk import publishing
from nabij.kit import panels
from nabij.newsletters.offering import to_editors
from nabij.newsletters.policies import reads_script
from nabij.newsletters.queries import sis_block

trail.register(
    {
        "centre.sis_on": gettext_lazy("SIS aan op de pagina van het IAC"),
        "centre.sis_off": gettext_lazy("SIS uit op de pagina van het IAC"),
    }
)
blocks.register(sis_block)
publishing.register(to_editors)
panels.add(
    "centre",
    panels.Panel(
        gettext_noop("SIS, vragen, talen en telefoon"),
        "newsletters:panel",
        lambda actor, _: reads_script(actor),
        order=20,
    ),
)
