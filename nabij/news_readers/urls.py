"""Addresses of asking for news without registering, and of the link in the mail that confirms it."""

from django.urls import path

from nabij.news_readers import views

app_name = "news_readers"
urlpatterns = [
    path("nieuws/vragen/<uuid:centre_id>/<slug:language>/", views.ask, name="ask"),
    path("nieuws/bevestigen/<str:token>/", views.confirm, name="confirm"),
]
