"""Addresses of exports by consent."""

from django.urls import path

from nabij.disclosures import views

app_name = "disclosures"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("wacht/", views.waiting, name="waiting"),
    path("gebeurtenis/<uuid:pk>/", views.of_incident, name="of_incident"),
    path("gebeurtenis/<uuid:pk>/stand/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/<slug:receiver>/maken/", views.make, name="make"),
    path("gebeurtenis/<uuid:pk>/<slug:receiver>/wie/", views.name, name="name"),
    path("gebeurtenis/<uuid:pk>/wie/<uuid:named>/weg/", views.end_name, name="end_name"),
    path("<uuid:pk>/ophalen/", views.collect, name="collect"),
    path("wissen/<uuid:pk>/", views.withdrawal, name="withdrawal"),
]
