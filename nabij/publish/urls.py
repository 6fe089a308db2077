"""The addresses of the panels about the public pages."""

from django.urls import path

from nabij.publish import views

app_name = "publish"
urlpatterns = [
    path("werk/openbaar/tweede-plek/", views.second_place, name="second_place"),
    path("werk/openbaar/mislukt/", views.failing, name="failing"),
]
