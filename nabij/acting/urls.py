"""Addresses of acting for somebody."""

from django.urls import path

from nabij.acting import views

app_name = "acting"
urlpatterns = [
    path("mijn/namens/", views.choose, name="choose"),
    path("mijn/namens/wie/", views.who, name="who"),
    path("mijn/uitnodiging/<str:token>/", views.accept, name="accept"),
    path("mijn/hulp/meekijken/", views.invite, name="invite"),
    path("mijn/hulp/meekijken/deur/", views.door, name="door"),
    path("mijn/hulp/meekijken/<uuid:pk>/stop/", views.stop, name="stop"),
    path("werk/dossiers/<uuid:pk>/meekijken/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/meekijken/nieuw/", views.give, name="give"),
    path("werk/meekijken/<uuid:pk>/stop/", views.end, name="end"),
    path("werk/meekijken/<uuid:pk>/toelaten/", views.let_in, name="let_in"),
    path("werk/meekijken/<uuid:pk>/sleutel/", views.key, name="key"),
]
