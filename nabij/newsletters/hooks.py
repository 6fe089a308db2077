"""What this app adds below it: verbs, jobs, blocks of the public page, the sheet on paper, and a panel."""

from django.utils.translation import gettext_lazy, gettext_noop

from nabij.audit import trail
from nabij.centres import blocks
from nabij.desk import publishing
from nabij.kit import panels
from nabij.matching import following
from nabij.newsletters.content import DATA
from nabij.newsletters.keeping import PLACES
from nabij.newsletters.models import NewsMail
from nabij.newsletters.offering import to_editors
from nabij.newsletters.policies import reads_script, works_at_centres
from nabij.newsletters.printing import print_pages
from nabij.newsletters.queries import sis_block
from nabij.newsletters.queries.places import place_block
from nabij.notify import templates
from nabij.privacy import removal
from nabij.publish import pages

trail.register(
    {
        "centre.sis_on": gettext_lazy("SIS aan op de pagina van het IAC"),
        "centre.sis_off": gettext_lazy("SIS uit op de pagina van het IAC"),
        "centre.place_decided": gettext_lazy("Besloten waar het IAC is"),
        "news.begun": gettext_lazy("Nieuws per e-mail begonnen"),
        "news.sent": gettext_lazy("Nieuws per e-mail op weg gegeven"),
        "registration.news_stopped": gettext_lazy("Nieuws per e-mail afgemeld"),
    }
)
trail.listen("centre.text_approved", "nabij.newsletters.tasks.follow_message")
trail.listen("centre.text_public", "nabij.newsletters.tasks.follow_message")
trail.listen("centre.live", "nabij.newsletters.tasks.follow_going_live")
trail.listen("centre.text_withdrawn", "nabij.newsletters.tasks.follow_withdrawal")
trail.listen("news.begun", "nabij.newsletters.tasks.send_news")
for verb in ("registration.changed", "registration.withdrawn"):
    trail.listen(verb, "nabij.newsletters.tasks.follow_registration")
following.stay(NewsMail)
removal.collect(PLACES)
templates.register(DATA / "mails.toml")
blocks.register(place_block)
blocks.register(sis_block)
pages.register(print_pages, lambda pk: print_pages(pk=pk))
publishing.register(to_editors)
following.stay(NewsMail)
panels.add(
    "centre",
    panels.Panel(
        gettext_noop("SIS, plek, vragen, nieuws en telefoon"),
        "newsletters:panel",
        lambda actor, _: reads_script(actor),
        order=20,
    ),
)
panels.add(
    "desk",
    panels.Panel(
        gettext_noop("Wat wacht bij het IAC"),
        "newsletters:work",
        lambda actor, _: works_at_centres(actor),
        order=8,
    ),
)
