"""Addresses of the closed part: below one's own pages, and on the desk."""

from django.urls import path

from nabij.closed_part.views import codes, door, own

app_name = "closed_part"
_AT = "werk/besloten/<uuid:pk>/"
urlpatterns = [
    path("mijn/besloten/", own.mine, name="mine"),
    path("mijn/besloten-deur/", own.own_panel, name="own_panel"),
    path("mijn/besloten-opnieuw/", own.again, name="again"),
    path("mijn/besloten/<slug:slug>/regels/", own.rules, name="rules"),
    path("mijn/besloten/<slug:slug>/weg/", own.leave, name="leave"),
    path("werk/besloten/mijn/", door.work, name="work"),
    path(_AT, door.queue, name="queue"),
    path(f"{_AT}stand/", door.panel, name="panel"),
    path(f"{_AT}codes/", codes.code_lists, name="code_lists"),
    path(f"{_AT}codes/<uuid:list_pk>/uitgeven/", codes.give_out, name="give_out"),
    path(f"{_AT}codes/<uuid:list_pk>/stoppen/", codes.stop, name="stop_codes"),
    path("werk/besloten/aanmelding/<uuid:pk>/", door.asker, name="asker"),
]
