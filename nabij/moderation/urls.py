"""Addresses of moderators and their coordinator."""

from django.urls import path

from nabij.moderation.views import arranging, deciding

app_name = "moderation"
urlpatterns = [
    path("", deciding.queue, name="queue"),
    path("op-het-bureau/", deciding.panel, name="panel"),
    path("overslaan/", arranging.skip, name="skip"),
    path("bericht/<uuid:pk>/", deciding.post, name="post"),
    path("bericht/<uuid:pk>/gedaan/", deciding.follow_up, name="follow_up"),
    path("bericht/<uuid:pk>/plaatsen/", deciding.approve, name="approve"),
    path("bericht/<uuid:pk>/weigeren/", deciding.refuse, name="refuse"),
    path("bericht/<uuid:pk>/weghalen/", deciding.remove, name="remove"),
    path("bericht/<uuid:pk>/laten-staan/", deciding.settle, name="settle"),
    path("bericht/<uuid:pk>/eerst-lezen/", deciding.silence, name="silence"),
    path("bericht/<uuid:pk>/uit-de-groep/", deciding.expel, name="expel"),
    path("gesprek/<uuid:pk>/", deciding.talk, name="read_talk"),
    path("uit-de-groep/<uuid:pk>/", arranging.decide, name="decide_expulsion"),
    path("<uuid:pk>/", arranging.space, name="space"),
    path("<uuid:pk>/gesprekken/", deciding.talks, name="talks"),
    path("<uuid:pk>/diensten/", arranging.shifts, name="shifts"),
    path("<uuid:pk>/diensten/<uuid:shift>/vervalt/", arranging.drop_shift, name="drop_shift"),
    path("<uuid:pk>/contactpersoon/<uuid:group>/", arranging.appoint, name="appoint"),
    path("<uuid:pk>/stoppen/", arranging.end, name="end"),
    path("<uuid:pk>/uit-de-groep/", arranging.expulsions, name="expulsions"),
]
