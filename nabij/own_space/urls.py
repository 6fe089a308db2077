"""Addresses of my own space, and of what helpers do for it."""

from django.urls import path

from nabij.own_space import views

app_name = "own_space"
urlpatterns = [
    path("mijn/hulp/", views.mine, name="mine"),
    path("mijn/hulp/deur/", views.door, name="door"),
    path("mijn/hulp/contact/", views.contact, name="contact"),
    path("mijn/hulp/vragen/", views.ask, name="ask"),
    path("mijn/hulp/gegevens/", views.data, name="data"),
    path("mijn/hulp/afspraak/<uuid:pk>.ics", views.calendar, name="calendar"),
    path("mijn/hulp/gegevens.pdf", views.data_pdf, name="data_pdf"),
    path("mijn/hulp/toestemming/<uuid:pk>/", views.switch, name="switch"),
    path("werk/dossiers/<uuid:pk>/eigen/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/sleutel/", views.key, name="key"),
    path("werk/dossiers/<uuid:pk>/verzoek/<uuid:request_pk>/", views.answer, name="answer"),
]
