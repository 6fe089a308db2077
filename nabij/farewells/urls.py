"""Addresses of the end of groups: for members, on one's own pages, and for who leads them."""

from django.urls import path

from nabij.farewells import views

app_name = "farewells"
urlpatterns = [
    path("mijn/groep/<uuid:space>/verder/", views.onward, name="onward"),
    path("mijn/groep/<uuid:space>/verder/vraag/", views.panel, name="panel"),
    path("mijn/verder-praten/", views.own_panel, name="own_panel"),
    path("mijn/verder-praten/intrekken/", views.take_back, name="take_back"),
    path("werk/groepen/<uuid:pk>/verder/", views.wishes, name="wishes"),
]
