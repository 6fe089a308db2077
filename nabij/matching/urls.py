"""Addresses of possible doubles."""

from django.urls import path

from nabij.matching import views

app_name = "matching"
urlpatterns = [
    path("gebeurtenis/<uuid:pk>/", views.pairs, name="pairs"),
    path("gebeurtenis/<uuid:pk>/stand/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/samengevoegd/", views.merges, name="merges"),
    path("<uuid:pk>/", views.pair, name="pair"),
    path("<uuid:pk>/verschillend/", views.different, name="different"),
    path("samengevoegd/<uuid:pk>/terugzetten/", views.undo, name="undo"),
]
