"""Addresses of care for staff."""

from django.urls import path

from nabij.care import views

app_name = "care"
urlpatterns = [
    path("", views.care, name="care"),
    path("open/", views.open_contacts, name="open"),
    path("lijst/", views.colleagues, name="colleagues"),
    path("<uuid:pk>/gedaan/", views.done, name="done"),
]
