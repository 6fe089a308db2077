"""Addresses of questions from outside."""

from django.urls import path

from nabij.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("", views.take, name="take"),
    path("wachten/", views.waiting, name="waiting"),
    path("alle/", views.inquiries, name="inquiries"),
    path("<uuid:pk>/", views.inquiry, name="inquiry"),
]
