"""Addresses below /werk/raad/: of the council, and of the editors who answer it."""

from django.urls import path

from nabij.councils import views

app_name = "councils"
urlpatterns = [
    path("", views.index, name="index"),
    path("op-het-bureau/", views.panel, name="panel"),
    path("<uuid:pk>/lezen/<slug:language>/", views.read, name="read"),
    path("<uuid:pk>/voorbeeld/<slug:language>/", views.preview, name="preview"),
    path("<uuid:pk>/lezen/<slug:language>/<uuid:version_pk>/", views.comment, name="comment"),
    path("<uuid:pk>/bij-het-iac/", views.at_centre, name="at_centre"),
    path("<uuid:pk>/opmerkingen/", views.comments, name="comments"),
    path("<uuid:pk>/opmerkingen/<uuid:comment_pk>/", views.settle, name="settle"),
]
