"""Addresses of what happens at the scene."""

from django.urls import path

from nabij.on_scene import views

app_name = "on_scene"
urlpatterns = [
    path("inzet/<uuid:pk>/", views.own, name="own"),
    path("inzet/<uuid:pk>/in-orde/", views.all_right, name="all_right"),
    path("inzet/<uuid:pk>/nood/", views.raise_alarm, name="raise_alarm"),
    path("inzet/<uuid:pk>/aflossen/", views.relieve, name="relieve"),
    path("nood/<uuid:pk>/beeindigen/", views.end_alarm, name="end_alarm"),
    path("gebeurtenis/<uuid:pk>/", views.board, name="board"),
    path("gebeurtenis/<uuid:pk>/spullen/", views.materials, name="materials"),
    path("proefoproep/", views.phone_tests, name="phone_tests"),
]
