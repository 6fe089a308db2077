"""Addresses of messages: the desk's page and the gateway's reports."""

from django.urls import path

from nabij.notify import views

app_name = "notify"
urlpatterns = [
    path("werk/berichten/", views.failed, name="failed"),
    path("werk/berichten/<uuid:delivery_id>/opnieuw/", views.resend, name="resend"),
    path("werk/bereikbaar/", views.reach, name="reach"),
    path("werk/bereikbaar/nieuw/", views.add, name="add"),
    path("werk/bereikbaar/<uuid:point_id>/", views.change, name="change"),
    path("werk/bereikbaar/<uuid:point_id>/code/", views.confirm, name="confirm"),
    path("werk/bereikbaar/<uuid:point_id>/weg/", views.drop, name="drop"),
    path("koppeling/bezorging/", views.report, name="report"),
]
