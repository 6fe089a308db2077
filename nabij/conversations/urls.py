"""Addresses of messages."""

from django.urls import path

from nabij.conversations import views

app_name = "conversations"
urlpatterns = [
    path("mijn/hulp/berichten/", views.mine, name="mine"),
    path("mijn/hulp/berichten/deur/", views.door, name="door"),
    path("mijn/hulp/berichten/<uuid:pk>/", views.mine, name="of_case"),
    path("mijn/hulp/berichten/<uuid:pk>/terug/", views.take_back, name="take_back"),
    path("werk/dossiers/<uuid:pk>/berichten/", views.case, name="case"),
    path("werk/dossiers/<uuid:pk>/berichten/stand/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/berichten/gelezen/", views.settle, name="settle"),
    path("werk/dossiers/bericht/<uuid:pk>/terug/", views.withdraw, name="withdraw"),
]
