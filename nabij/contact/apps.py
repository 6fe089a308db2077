from django.apps import AppConfig


class ContactConfig(AppConfig):
    """The doors of victim support; holds no table of its own."""

    name = "nabij.contact"
    verbose_name = "Bereikbaarheid"
