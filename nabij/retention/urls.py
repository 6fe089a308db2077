"""Addresses of keeping and removing."""

from django.urls import path

from nabij.retention import views

app_name = "retention"
urlpatterns = [
    path("mijn/hulp/bewaren/deur/", views.door, name="door"),
    path("werk/bewaren-en-wissen/", views.overview, name="overview"),
    path("werk/dossiers/<uuid:pk>/bewaren/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/bewaren/nieuw/", views.hold, name="hold"),
    path("werk/dossiers/<uuid:pk>/bewaren/<uuid:hold_pk>/langer/", views.longer, name="longer"),
    path("werk/dossiers/<uuid:pk>/bewaren/<uuid:hold_pk>/opheffen/", views.lift, name="lift"),
]
