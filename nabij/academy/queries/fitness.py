"""What every other app asks: may these people do this task on this day?"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from uuid import UUID

from nabij.academy.catalogue import tasks
from nabij.academy.fitness import Fitness, Proof
from nabij.academy.models import Certificate, ConductCheck, Volunteer


def may_do(user_id: UUID, task: str, on: date) -> Fitness:
    """Whether this person may do this task on this day, and if not, what is lacking."""
    return fitness_of([user_id], task, on)[user_id]


def fitness_of(user_ids: Collection[UUID], task: str, on: date) -> dict[UUID, Fitness]:
    """The same for many people at once; three queries, however many they are."""
    asked = tasks()[task]
    return {user_id: proof.fitness(asked, on) for user_id, proof in proofs_of(user_ids).items()}


def proofs_of(user_ids: Collection[UUID]) -> dict[UUID, Proof]:
    """What is known of these people, to be held against any task and day."""
    found: dict[UUID, Proof] = defaultdict(lambda: Proof([], []))
    for certificate in Certificate.objects.filter(user_id__in=user_ids):
        found[certificate.user_id].certificates.append(certificate)
    for check in ConductCheck.objects.filter(user_id__in=user_ids):
        found[check.user_id].conduct.append(check)
    for user_id, stage in Volunteer.objects.filter(user_id__in=user_ids).values_list("user_id", "stage"):
        found[user_id].stage = stage
    return {user_id: found[user_id] for user_id in user_ids}
