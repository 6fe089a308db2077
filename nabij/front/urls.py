"""Addresses of the front of the house."""

from django.urls import path

from nabij.front import views

app_name = "front"
urlpatterns = [
    path("", views.home, name="home"),
    path("gemeenten/", views.expect, name="expect"),
    path("snel-weg/", views.leaving, name="leaving"),
    path("werk/", views.desk, name="desk"),
    path("werk/rol/<uuid:membership_id>/", views.switch, name="switch"),
    path("werk/wat-kan-nabij/", views.services, name="services"),
    path("werk/wat-kan-nabij/<uuid:pk>/", views.services_of, name="services_of"),
]
