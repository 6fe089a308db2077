from django.apps import AppConfig


class GuideConfig(AppConfig):
    """Topics and guide; holds no table of its own."""

    name = "nabij.guide"
    verbose_name = "Wegwijzer"
