"""Addresses of rosters that are made."""

from django.urls import path

from nabij.proposals import views

app_name = "proposals"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("laatste/", views.recent, name="recent"),
    path("<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("<uuid:proposal_id>/voortgang/", views.progress, name="progress"),
    path("<uuid:proposal_id>/stoppen/", views.cancel, name="cancel"),
    path("<uuid:proposal_id>/opnieuw/", views.again, name="again"),
    path("<uuid:proposal_id>/plaatsen/", views.publish, name="publish"),
    path("<uuid:proposal_id>/plek/<uuid:place_id>/", views.place, name="place"),
    path("<uuid:proposal_id>/plek/<uuid:place_id>/leeg/", views.empty, name="empty"),
]
