"""The trail: every verb has its sentence, every reaction its job."""

from nabij.audit import trail
from tests.house.tree import calls, house_files, show, texts


def _recorded() -> list[tuple[str, str]]:
    return [
        (f"{show(path)}:{call.lineno}", texts(call)[0])
        for path in house_files()
        for name, call in calls(path)
        if name == "record" and call.args and texts(call)[:1]
    ]


def _listened() -> list[tuple[str, str, str]]:
    return [
        (f"{show(path)}:{call.lineno}", verb, task)
        for path in house_files()
        for name, call in calls(path)
        if name == "listen" and len(texts(call)) == 2
        for verb, task in [texts(call)]
    ]


def verbs_without_sentence() -> list[str]:
    """Verbs that are recorded or listened for, but that no app registered."""
    used = [*_recorded(), *((where, verb) for where, verb, _ in _listened())]
    return [f"{where}: {verb}" for where, verb in used if trail.sentence(verb) == verb]


def jobs_that_do_not_exist(known: set[str]) -> list[str]:
    """Jobs that a verb should start, but that no app defines."""
    return [f"{where}: {task}" for where, _, task in _listened() if task not in known]
