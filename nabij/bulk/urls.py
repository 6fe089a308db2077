"""Addresses of work for many, at the desk of an event."""

from django.urls import path

from nabij.bulk import views

app_name = "bulk"
urlpatterns = [
    path("<uuid:pk>/werk-voor-velen/", views.bulk, name="bulk"),
    path("werk-voor-velen/<uuid:pk>/", views.job, name="job"),
    path("werk-voor-velen/<uuid:pk>/stand/", views.progress, name="progress"),
    path("werk-voor-velen/<uuid:pk>/opnieuw/", views.again, name="again"),
    path("werk-voor-velen/<uuid:pk>/papier/", views.paper, name="paper"),
]
