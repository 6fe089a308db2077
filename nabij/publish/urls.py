"""The address of the panel about the second place."""

from django.urls import path

from nabij.publish import views

app_name = "publish"
urlpatterns = [path("werk/openbaar/tweede-plek/", views.second_place, name="second_place")]
