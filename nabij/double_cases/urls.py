"""Addresses of two cases of one person."""

from django.urls import path

from nabij.double_cases import views

app_name = "double_cases"
urlpatterns = [
    path("werk/dossiers/<uuid:pk>/dubbel/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/dubbel/<uuid:row_pk>/apart/", views.keep, name="keep"),
    path("werk/dossiers/<uuid:pk>/dubbel/<uuid:row_pk>/afsluiten/", views.end, name="end"),
]
