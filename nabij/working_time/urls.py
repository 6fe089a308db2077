"""Addresses of the rules on duty times."""

from django.urls import path

from nabij.working_time import views

app_name = "working_time"
urlpatterns = [path("", views.rules, name="rules")]
