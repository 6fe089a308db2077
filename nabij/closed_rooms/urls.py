"""Addresses inside the closed part, and of who looks after it."""

from django.urls import path

from nabij.closed_rooms.views import answering, grouping, inside, keeping

app_name = "closed_rooms"
_AT = "werk/besloten/<uuid:pk>/"
urlpatterns = [
    path("werk/besloten/groepen/", grouping.groups, name="groups"),
    path("werk/besloten/groepen/bellen/<uuid:member>/", grouping.phone, name="phone"),
    path("werk/besloten/berichten/mijn/", answering.work, name="work"),
    path("mijn/besloten/<slug:slug>/", inside.home, name="home"),
    path("mijn/besloten/<slug:slug>/bijeenkomst/<uuid:pk>/", inside.come, name="come"),
    path("mijn/besloten/<slug:slug>/stuk/<uuid:pk>/", inside.paper, name="paper"),
    path("mijn/besloten/<slug:slug>/berichten/", inside.letters, name="letters"),
    path("mijn/besloten/<slug:slug>/berichten/<uuid:pk>/terug/", inside.take_back, name="take_back"),
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
    path("werk/besloten/aanmelding/<uuid:pk>/berichten/", answering.conversation, name="conversation"),
    path("werk/besloten/aanmelding/<uuid:pk>/berichten/gelezen/", answering.settle, name="settle"),
    path(
        "werk/besloten/aanmelding/<uuid:pk>/berichten/<uuid:item>/terug/", answering.withdraw, name="withdraw"
    ),
]
