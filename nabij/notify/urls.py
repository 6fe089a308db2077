"""Addresses of messages: the desk's page and the gateway's reports."""

from django.urls import path

from nabij.notify import views

app_name = "notify"
urlpatterns = [
    path("werk/berichten/", views.failed, name="failed"),
    path("werk/berichten/<uuid:delivery_id>/opnieuw/", views.resend, name="resend"),
    path("koppeling/bezorging/", views.report, name="report"),
]
