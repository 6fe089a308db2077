"""Addresses of meetings and counts."""

from django.urls import path

from nabij.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("op-het-bureau/", views.waiting, name="waiting"),
    path("gebeurtenis/<uuid:pk>/", views.of_incident, name="of_incident"),
    path("gebeurtenis/<uuid:pk>/stand/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/plannen/", views.plan, name="plan"),
    path("gebeurtenis/<uuid:pk>/tellen/", views.counts, name="counts"),
    path("gebeurtenis/<uuid:pk>/tellingen/", views.counted, name="counted"),
    path("vraag/<uuid:pk>/", views.answer, name="answer"),
    path("vraag/<uuid:pk>/weg/", views.drop, name="drop"),
    path("bericht/<uuid:pk>/", views.message, name="message"),
    path("bericht/<uuid:pk>/aanbieden/", views.offer, name="offer"),
    path("afspraak/<uuid:pk>/gedaan/", views.kept, name="kept"),
    path("<uuid:pk>/", views.meeting, name="meeting"),
    path("<uuid:pk>/afzeggen/", views.cancel, name="cancel"),
    path("<uuid:pk>/publiceren/", views.publish, name="publish"),
    path("<uuid:pk>/<slug:part>/", views.write, name="write"),
]
