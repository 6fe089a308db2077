"""Addresses of complaints."""

from django.urls import path

from nabij.complaints import views

app_name = "complaints"
urlpatterns = [
    path("mijn/hulp/klacht/", views.mine, name="mine"),
    path("mijn/hulp/klacht/deur/", views.door, name="door"),
    path("mijn/hulp/klacht/<uuid:pk>/terug/", views.withdraw, name="withdraw"),
    path("werk/klachten/", views.waiting, name="waiting"),
    path("werk/klachten/<uuid:pk>/", views.complaint, name="complaint"),
    path("werk/dossiers/<uuid:pk>/klacht/", views.told, name="told"),
]
