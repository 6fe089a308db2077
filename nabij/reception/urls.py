"""Addresses of receiving people on site."""

from django.urls import path

from nabij.reception import views

app_name = "reception"
urlpatterns = [
    path("<uuid:pk>/", views.reception, name="reception"),
    path("<uuid:pk>/aantallen/", views.counts, name="counts"),
    path("<uuid:pk>/verslag/", views.report, name="report"),
    path("<uuid:pk>/aanwezig/", views.presence, name="presence"),
    path("inzet/<uuid:pk>/", views.door, name="door"),
    path("plek/<uuid:pk>/kaart/", views.write, name="write"),
    path("plek/<uuid:pk>/tellen/", views.count, name="count"),
    path("plek/<uuid:pk>/gesprek/", views.talk, name="talk"),
    path("plek/<uuid:pk>/sluiten/", views.close, name="close"),
    path("kaart/<uuid:pk>/", views.card, name="card"),
    path("kaart/<uuid:pk>/nodig/", views.need, name="need"),
    path("kaart/<uuid:pk>/wissen/", views.forget, name="forget"),
]
