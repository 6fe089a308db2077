"""Addresses of calendars."""

from django.urls import path

from nabij.agendas import views

app_name = "agendas"
urlpatterns = [
    path("mijn/", views.feeds, name="feeds"),
    path("mijn/intrekken/", views.revoke, name="revoke"),
    path("verwijzing/", views.link, name="link"),
    path("<str:token>.ics", views.feed, name="feed"),
]
