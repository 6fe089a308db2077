"""Addresses of early identification."""

from django.urls import path

from nabij.signals import views

app_name = "signals"
urlpatterns = [
    path("", views.signals, name="signals"),
    path("nieuw/", views.new, name="new"),
    path("<uuid:pk>/", views.signal, name="signal"),
]
