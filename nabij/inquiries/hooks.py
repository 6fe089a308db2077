"""What questions from outside add below them: verbs, the menu, the officer's desk, and how long they stay."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.inquiries.keeping import old_inquiries, silence_inquiries
from nabij.inquiries.policies import can_settle, can_take
from nabij.kit import navigation, panels
from nabij.privacy import removal

trail.register(
    {
        "inquiry.taken": gettext_lazy("Vraag van buiten opgeschreven"),
        "inquiry.settled": gettext_lazy("Vraag van buiten beantwoord"),
    }
)
navigation.add(navigation.Entry(gettext_noop("Vraag van buiten"), "inquiries:take", can_take, order=85))
navigation.add(
    navigation.Entry(gettext_noop("Vragen van buiten"), "inquiries:inquiries", can_settle, order=20)
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Vragen van buiten"), "inquiries:waiting", lambda actor, _: can_settle(actor), order=5
    ),
)
# about whom a question was, is written nowhere: no hold on a person reaches it
removal.collect(removal.Collection("inquiry", old_inquiries, removal.nobody, silence_inquiries))
