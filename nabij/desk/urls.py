"""Addresses of the desk."""

from django.urls import path

from nabij.desk.views import desk, needs, questions, registering

app_name = "desk"
urlpatterns = [
    path("wacht/", desk.waiting, name="waiting"),
    path("van-mij/", desk.mine, name="mine"),
    path("<uuid:pk>/", desk.desk, name="desk"),
    path("<uuid:pk>/zoeken/", registering.search, name="search"),
    path("<uuid:pk>/aanmelden/", registering.new, name="new"),
    path("<uuid:pk>/papier/", registering.paper, name="paper"),
    path("<uuid:pk>/vragen/", questions.questions, name="questions"),
    path("vraag/<uuid:pk>/", questions.question, name="question"),
    path("vraag/<uuid:pk>/antwoord/", questions.answer, name="answer"),
    path("vraag/<uuid:pk>/doorsturen/", questions.route, name="route"),
    path("vraag/<uuid:pk>/nog-eens/", questions.same, name="same"),
    path("vraag/<uuid:pk>/openbaar/", questions.offer, name="offer"),
    path("aanmelding/<uuid:pk>/", needs.registration, name="registration"),
    path("aanmelding/<uuid:pk>/bij-elkaar/", needs.together, name="together"),
    path("hulpvraag/<uuid:pk>/oppakken/", needs.take, name="take"),
    path("hulpvraag/<uuid:pk>/geven/", needs.give, name="give"),
    path("hulpvraag/<uuid:pk>/doorgeven/", needs.pass_on, name="pass_on"),
    path("hulpvraag/<uuid:pk>/klaar/", needs.end, name="end"),
    path("hulpvraag/<uuid:pk>/<slug:step>/", needs.step_back, name="step_back"),
]
