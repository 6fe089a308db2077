"""What a CSV file would bring, before it brings it."""

from datetime import datetime

from nabij.academy.csv_lines import Line, read_lines
from nabij.academy.models import Certificate
from nabij.academy.queries.staff import staff_for
from nabij.audit.actor import Actor
from nabij.kit.clock import local


def preview(text: str, actor: Actor, at: datetime) -> list[Line]:
    """Each line of the file with the colleague it is about, or with what is wrong; nothing is written.

    Raises UnreadableFile.
    """
    lines = read_lines(text)
    people = {
        user.email: user for user in staff_for(actor, at).filter(email__in={line.email for line in lines})
    }
    ids = [user.pk for user in people.values()]
    rows = Certificate.objects.filter(user_id__in=ids).values_list("user__email", "module", "issued_on")
    known = set(rows)
    today = local(at).date()
    for line in lines:
        person = people.get(line.email)
        line.name = person.name if person else ""
        if line.email and person is None:
            line.errors.append("bij dit adres hoort geen collega")
        elif person is not None and person.pk == actor.user_id:
            line.errors.append("een certificaat van uzelf kunt u niet invoeren")
        if line.issued_on and line.issued_on > today:
            line.errors.append("behaald op ligt in de toekomst")
        if (line.email, line.module, line.issued_on) in known:
            line.errors.append("dit certificaat is er al")
    return lines
