"""Addresses of the closed part: below one's own pages, and on the desk."""

from django.urls import path

from nabij.closed_part.views import answering, codes, door, inside, keeping, own

app_name = "closed_part"
_AT = "werk/besloten/<uuid:pk>/"
urlpatterns = [
    path("mijn/besloten/", own.mine, name="mine"),
    path("mijn/besloten-deur/", own.own_panel, name="own_panel"),
    path("mijn/besloten-opnieuw/", own.again, name="again"),
    path("mijn/besloten/<slug:slug>/", inside.home, name="home"),
    path("mijn/besloten/<slug:slug>/bijeenkomst/<uuid:pk>/", inside.come, name="come"),
    path("mijn/besloten/<slug:slug>/stuk/<uuid:pk>/", inside.paper, name="paper"),
    path("mijn/besloten/<slug:slug>/berichten/", inside.letters, name="letters"),
    path("mijn/besloten/<slug:slug>/berichten/<uuid:pk>/terug/", inside.take_back, name="take_back"),
    path("mijn/besloten/<slug:slug>/regels/", own.rules, name="rules"),
    path("mijn/besloten/<slug:slug>/weg/", own.leave, name="leave"),
    path("werk/besloten/mijn/", door.work, name="work"),
    path(_AT, door.queue, name="queue"),
    path(f"{_AT}stand/", door.panel, name="panel"),
    path(f"{_AT}codes/", codes.code_lists, name="code_lists"),
    path(f"{_AT}codes/<uuid:list_pk>/uitgeven/", codes.give_out, name="give_out"),
    path(f"{_AT}codes/<uuid:list_pk>/stoppen/", codes.stop, name="stop_codes"),
    path(f"{_AT}binnen/", keeping.overview, name="overview"),
    path(f"{_AT}binnen/contactpersoon/", keeping.contact, name="contact"),
    path(f"{_AT}binnen/contactpersoon/<uuid:item>/stopt/", keeping.end_contact, name="end_contact"),
    path(f"{_AT}binnen/bijeenkomst/", keeping.meeting, name="meeting"),
    path(f"{_AT}binnen/bijeenkomst/<uuid:item>/", keeping.coming, name="coming"),
    path(f"{_AT}binnen/bijeenkomst/<uuid:item>/afzeggen/", keeping.call_off, name="call_off"),
    path(f"{_AT}binnen/stuk/", keeping.add_paper, name="add_paper"),
    path(f"{_AT}binnen/stuk/<uuid:item>/", keeping.read_paper, name="read_paper"),
    path(f"{_AT}binnen/stuk/<uuid:item>/vrijgeven/", keeping.release_paper, name="release_paper"),
    path(f"{_AT}binnen/stuk/<uuid:item>/intrekken/", keeping.withdraw_paper, name="withdraw_paper"),
    path(f"{_AT}berichten/", answering.waiting, name="waiting"),
    path("werk/besloten/aanmelding/<uuid:pk>/", door.asker, name="asker"),
    path("werk/besloten/aanmelding/<uuid:pk>/berichten/", answering.conversation, name="conversation"),
    path("werk/besloten/aanmelding/<uuid:pk>/berichten/gelezen/", answering.settle, name="settle"),
    path(
        "werk/besloten/aanmelding/<uuid:pk>/berichten/<uuid:item>/terug/", answering.withdraw, name="withdraw"
    ),
]
