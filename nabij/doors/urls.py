"""Addresses of going from door to door."""

from django.urls import path

from nabij.doors import views

app_name = "doors"
urlpatterns = [
    path("<uuid:pk>/", views.plan, name="plan"),
    path("<uuid:pk>/nieuw/", views.new, name="new"),
    path("<uuid:pk>/vragen/", views.ask, name="ask"),
    path("<uuid:pk>/aantallen/", views.counts, name="counts"),
    path("vragen/", views.asks, name="asks"),
    path("vraag/<uuid:pk>/", views.asked, name="asked"),
    path("vraag/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("mijn/", views.mine, name="mine"),
    path("dossier/<uuid:pk>/", views.past, name="past"),
    path("ronde/<uuid:pk>/", views.round, name="round"),
    path("ronde/<uuid:pk>/tweede/", views.second, name="second"),
    path("ronde/<uuid:pk>/sluiten/", views.close, name="close"),
    path("koppel/<uuid:pk>/briefing/", views.brief, name="brief"),
    path("koppel/<uuid:pk>/weg/", views.drop, name="drop"),
    path("<uuid:pk>/lopen/", views.walk, name="walk"),
    path("<uuid:pk>/lopen/stand/", views.standing, name="standing"),
    path("<uuid:pk>/lopen/sturen/", views.send, name="send"),
    path("<uuid:pk>/lopen/kies/", views.choose, name="choose"),
    path("<uuid:pk>/lopen/wens/", views.wish, name="wish"),
    path("<uuid:pk>/lopen/werker.js", views.worker, name="worker"),
]
