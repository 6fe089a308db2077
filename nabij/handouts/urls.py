"""Addresses of what a step hands out."""

from django.urls import path

from nabij.handouts import views

app_name = "handouts"
urlpatterns = [
    path("stap/<uuid:pk>/", views.at_step, name="at_step"),
    path("stap/<uuid:pk>/<slug:code>/", views.fill, name="fill"),
    path("stap/<uuid:pk>/<slug:code>/printen/", views.print_handout, name="print"),
]
