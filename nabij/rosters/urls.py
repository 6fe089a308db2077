"""Addresses of the roster."""

from django.urls import path

from nabij.rosters import views

app_name = "rosters"
urlpatterns = [
    path("", views.week, name="week"),
    path("breekt/", views.broken, name="broken"),
    path("mijn-talen/", views.profile, name="profile"),
    path("invoeren/", views.enter, name="enter"),
    path("<uuid:duty_id>/verwijderen/", views.remove, name="remove"),
    path("<uuid:duty_id>/overdragen/", views.hand_over, name="hand_over"),
]
