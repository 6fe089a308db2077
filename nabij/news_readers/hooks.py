"""What readers add below them: verbs, jobs, a page beside each centre and the way to it, a second drain."""

from django.utils.translation import gettext_lazy

from nabij.audit import trail
from nabij.centres import blocks
from nabij.news_readers.content import DATA
from nabij.news_readers.draining import drain_asks
from nabij.news_readers.keeping import READERS
from nabij.news_readers.pages import ask_pages, news_block
from nabij.notify import templates
from nabij.people import drain
from nabij.privacy import removal
from nabij.publish import pages

trail.register(
    {
        "news.asked": gettext_lazy("Nieuws per e-mail gevraagd zonder aanmelding"),
        "news.confirmed": gettext_lazy("Adres voor nieuws bevestigd"),
        "news.reader_stopped": gettext_lazy("Nieuws per e-mail gestopt; adres gewist"),
        "news.readers_ended": gettext_lazy("IAC gesloten: adressen voor nieuws gewist"),
    }
)
trail.listen("news.asked", "nabij.news_readers.tasks.mail_links")
trail.listen("centre.archived", "nabij.news_readers.tasks.end_readers")
templates.register(DATA / "mails.toml")
removal.collect(READERS)
blocks.register(news_block)
pages.register(ask_pages, lambda pk: ask_pages(pk=pk))
drain.beside(drain_asks)
