"""Addresses of the GGD and the PSH core team."""

from django.urls import path

from nabij.psh import views

app_name = "psh"
urlpatterns = [
    path("verzoeken/", views.requests, name="requests"),
    path("mijn/", views.mine, name="mine"),
    path("gebeurtenis/<uuid:pk>/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/vragen/", views.ask, name="ask"),
    path("verzoek/<uuid:pk>/", views.request, name="request"),
    path("verzoek/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("aanbod/<uuid:pk>/antwoord/", views.answer, name="answer"),
    path("kernteam/<uuid:pk>/", views.core_team, name="core_team"),
    path("kernteam/<uuid:pk>/<str:part>/", views.write, name="write"),
    path("advies/<uuid:pk>/besluit/", views.decide, name="decide"),
]
