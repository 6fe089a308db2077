"""Addresses of exercises."""

from django.urls import path

from nabij.drills import views

app_name = "drills"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("nieuw/", views.begin, name="begin"),
    path("centrum/", views.begin_centre, name="begin_centre"),
    path("laatste/", views.last, name="last"),
    path("<uuid:pk>/", views.drill, name="drill"),
    path("<uuid:pk>/klok/", views.clock, name="clock"),
    path("<uuid:pk>/wissen/", views.wipe, name="wipe"),
    path("<uuid:pk>/verslag/", views.report, name="report"),
]
