"""Addresses of shared knowledge."""

from django.urls import path

from nabij.knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("", views.articles, name="articles"),
    path("artikel/nieuw/", views.write, name="write"),
    path("artikel/<uuid:pk>/", views.article, name="article"),
    path("artikel/<uuid:pk>/wijzigen/", views.change, name="change"),
    path("artikel/<uuid:pk>/nagekeken/", views.check, name="check"),
    path("wijken/", views.districts, name="districts"),
    path("wijken/nieuw/", views.name_district, name="name_district"),
    path("wijken/stand/", views.briefed, name="briefed"),
    path("wijk/<uuid:pk>/", views.district, name="district"),
    path("deuren/", views.doors, name="doors"),
    path("deuren/nieuw/", views.watch_door, name="watch_door"),
    path("deur/<uuid:pk>/nagekeken/", views.check_door, name="check_door"),
    path("nakijken/", views.stale, name="stale"),
]
