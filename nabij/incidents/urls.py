"""Addresses below /werk/gebeurtenissen/."""

from django.urls import path

from nabij.incidents import views

app_name = "incidents"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("<uuid:pk>/", views.room, name="room"),
    path("<uuid:pk>/stand/", views.live, name="live"),
    path("<uuid:pk>/nieuw/", views.changed, name="changed"),
    path("<uuid:pk>/feiten/", views.facts, name="facts"),
    path("<uuid:pk>/grip/", views.grip, name="grip"),
    path("<uuid:pk>/notitie/", views.note, name="note"),
    path("<uuid:pk>/afsluiten/", views.close, name="close"),
    path("<uuid:pk>/heropenen/", views.reopen, name="reopen"),
    path("<uuid:pk>/herhaling/", views.repeat, name="repeat"),
    path("<uuid:pk>/herhaling/<uuid:earlier_pk>/weg/", views.unlink, name="unlink"),
    path("notitie/<uuid:pk>/wissen/", views.erase, name="erase"),
    path("verzoek/<uuid:pk>/bevestigen/", views.confirm, name="confirm"),
    path("verzoek/<uuid:pk>/samenvoegen/", views.merge, name="merge"),
    path("verzoek/<uuid:pk>/splitsen/", views.unmerge, name="unmerge"),
    path("verzoek/<uuid:pk>/verplaatsen/", views.move, name="move"),
    path("verzoek/<uuid:pk>/terug/", views.move_back, name="move_back"),
    path("verzoek/<uuid:pk>/afhandelen/", views.answer, name="answer"),
    path("verzoek/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("verzoek/<uuid:pk>/heropenen/", views.resume, name="resume"),
]
