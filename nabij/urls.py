"""The doorbell board: which app answers at which address."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggen/", include("allauth.urls")),
]
