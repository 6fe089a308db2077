"""What work for many adds below it: verbs, its job, texts, a door on the desk, a term for letters."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.bulk.content import DATA
from nabij.bulk.keeping import LETTERS
from nabij.bulk.models import BulkItem
from nabij.desk.policies import can_lead
from nabij.kit import panels
from nabij.matching import following
from nabij.notify import templates
from nabij.privacy import removal

trail.register(
    {
        "bulk.asked": gettext_lazy("Werk voor velen gevraagd"),
        "bulk.done": gettext_lazy("Werk voor velen klaar"),
        "bulk.printed": gettext_lazy("Brieven op papier gemaakt"),
    }
)
trail.listen("bulk.asked", "nabij.bulk.tasks.carry_out_bulk")
for verb in ("registration.changed", "registration.withdrawn"):
    trail.listen(verb, "nabij.bulk.tasks.follow_registration")
following.stay(BulkItem)
templates.register(DATA / "templates.toml")
removal.collect(LETTERS)
panels.add_door("registrars", panels.Door(gettext_noop("Werk voor velen"), "bulk:bulk", can_lead))
