"""Addresses of pages: the link that was sent, and the same in the app."""

from django.urls import path

from nabij.paging import views

app_name = "paging"
urlpatterns = [
    path("p/<str:token>/", views.link, name="link"),
    path("werk/oproepen/", views.mine, name="mine"),
    path("werk/oproepen/<uuid:ask_id>/", views.ask, name="ask"),
]
