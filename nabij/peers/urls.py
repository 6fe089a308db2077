"""Addresses of the groups, under the own pages of members."""

from django.urls import path

from nabij.peers.views import introducing, members, talking

app_name = "peers"
urlpatterns = [
    path("mijn/groep/<uuid:space>/", members.group, name="group"),
    path("mijn/groep/<uuid:space>/binnenkomen/", members.door, name="door"),
    path("mijn/groep/<uuid:space>/ik/", members.me, name="me"),
    path("mijn/groep/<uuid:space>/ik/berichten/", members.notices, name="notices"),
    path("mijn/groep/<uuid:space>/lid/<uuid:pk>/dempen/", members.mute, name="mute"),
    path("mijn/groep/<uuid:space>/weggaan/", members.leave, name="leave"),
    path("mijn/groep/<uuid:space>/beginnen/", talking.start, name="start"),
    path("mijn/groep/<uuid:space>/gesprek/<uuid:pk>/", talking.talk, name="talk"),
    path("mijn/groep/<uuid:space>/bericht/<uuid:pk>/wijzigen/", talking.change, name="change"),
    path("mijn/groep/<uuid:space>/bericht/<uuid:pk>/weghalen/", talking.withdraw, name="withdraw"),
    path("mijn/groep/<uuid:space>/bericht/<uuid:pk>/melden/", talking.report, name="report"),
    path("mijn/groep/<uuid:space>/kennismaken/", introducing.meet, name="meet"),
    path("mijn/groep/<uuid:space>/kennismaken/niet-meer/", introducing.be_left, name="be_left"),
    path("mijn/groep/<uuid:space>/kennismaken/<uuid:pk>/antwoord/", introducing.answer, name="answer"),
    path("mijn/groep/<uuid:space>/kennismaken/<uuid:pk>/stoppen/", introducing.stop, name="stop"),
]
