"""Why an action cannot be done now, in words for the screen."""

from nabij.incidents.facts import Facts


class Refused(Exception):
    """The action is permitted but not possible any more; the message is Dutch, for whoever tried it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FactsConflict(Refused):
    """Somebody else changed the same facts; `fields` names them, `current` is what stands there now."""

    def __init__(self, message: str, fields: list[str], current: Facts) -> None:
        super().__init__(message)
        self.fields = fields
        self.current = current
