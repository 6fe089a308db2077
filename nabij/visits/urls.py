"""Addresses below /werk/bezoeken/."""

from django.urls import path

from nabij.visits import views

app_name = "visits"
urlpatterns = [
    path("", views.panel, name="panel"),
    path("<uuid:pk>/nu-niet/", views.set_aside, name="set_aside"),
]
