from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    """Starts every app's hooks, once all models are there."""

    name = "nabij.kit"

    def ready(self) -> None:
        """Import each app's `hooks` room, which connects it to the apps below."""
        autodiscover_modules("hooks")
