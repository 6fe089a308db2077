"""The live centres of the demonstration in all languages: read over by the editor, approved by the chief."""

from datetime import datetime

from django.db import transaction

from nabij.accounts.models import Membership
from nabij.accounts.queries import actor_for
from nabij.centres.actions import adopt_translation, approve_version
from nabij.centres.models import BASE_LANGUAGES, Language
from nabij.centres.queries import published_centres, state_of
from nabij.centres.queries.shown import begun_languages
from nabij.newsletters.actions import add_language

EDITOR, CHIEF = "Lin Chen", "Owen Baas"


@transaction.atomic
def read_languages(at: datetime) -> int:
    """Add, read and approve what a live centre does not have yet; gives how many languages were added."""
    editor, chief = (
        actor_for(Membership.objects.select_related("user", "organisation").get(user__name=name))
        for name in (EDITOR, CHIEF)
    )
    added = 0
    for centre in published_centres():
        for language in {*Language.values} - {*BASE_LANGUAGES, *begun_languages(centre)}:
            for text in add_language(centre, language, by=editor, at=at):
                read = adopt_translation(state_of(text).newest, by=editor, at=at)
                approve_version(read, by=chief, at=at)
            added += 1
    return added
