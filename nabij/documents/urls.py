"""Addresses of documents."""

from django.urls import path

from nabij.documents import views

app_name = "documents"
urlpatterns = [
    path("mijn/hulp/stukken/", views.mine, name="mine"),
    path("mijn/hulp/stukken/deur/", views.door, name="door"),
    path("mijn/hulp/stukken/<uuid:pk>/", views.keep, name="keep"),
    path("werk/dossiers/<uuid:pk>/stukken/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/stukken/nieuw/", views.add, name="add"),
    path("werk/stukken/<uuid:pk>/", views.download, name="download"),
    path("werk/stukken/<uuid:pk>/gezien/", views.seen, name="seen"),
    path("werk/stukken/<uuid:pk>/weg/", views.remove, name="remove"),
]
