"""Addresses of waves."""

from django.urls import path

from nabij.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("melden/", views.report, name="report"),
    path("op-het-bureau/", views.running, name="running"),
    path("gebeurtenis/<uuid:pk>/", views.at_incident, name="at_incident"),
    path("<uuid:pk>/", views.wave, name="wave"),
    path("<uuid:pk>/adressen/", views.addresses, name="addresses"),
    path("<uuid:pk>/adressen/<slug:template>/", views.take, name="take"),
    path("<uuid:pk>/buurt/", views.neighbours, name="neighbours"),
    path("<uuid:pk>/verteld/", views.told, name="told"),
    path("melding/<uuid:pk>/bereikt/", views.reached, name="reached"),
]
