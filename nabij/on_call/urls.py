"""Addresses of asking for help and of being on call."""

from django.urls import path

from nabij.on_call import views

app_name = "on_call"
urlpatterns = [
    path("hulp-vragen/", views.ask_publicly, name="ask_publicly"),
    path("hulp-vragen/antwoord/<str:token>/", views.public_answer, name="public_answer"),
    path("hulp-vragen/antwoord/<str:token>/stand/", views.public_progress, name="public_progress"),
    path("werk/hulp-vragen/", views.ask, name="ask"),
    path("werk/hulp-vragen/vanuit/<uuid:pk>/", views.ask, name="ask_from"),
    path("werk/hulp-vragen/mijn/", views.own_requests, name="own_requests"),
    path("werk/hulp-vragen/wachtend/", views.waiting, name="waiting"),
    path("werk/hulp-vragen/<uuid:pk>/", views.answer, name="answer"),
    path("werk/hulp-vragen/<uuid:pk>/stand/", views.progress, name="progress"),
    path("werk/hulp-vragen/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("werk/hulp-vragen/<uuid:pk>/oproepen/", views.page, name="page"),
    path("werk/piket/", views.duty, name="duty"),
    path("werk/piket/mijn-inzet/", views.own_deployments, name="own_deployments"),
    path("werk/piket/inzet/<uuid:pk>/verwacht/", views.expect, name="expect"),
    path("werk/piket/inzet/<uuid:pk>/<str:step>/", views.step, name="step"),
    path("werk/piket/<uuid:pk>/", views.lead, name="lead"),
    path("werk/piket/<uuid:pk>/mensen/", views.asked, name="asked"),
    path("werk/piket/<uuid:pk>/medewerkers/", views.call, name="call"),
    path("werk/piket/<uuid:pk>/oproep/<uuid:page_id>/", views.change_call, name="change_call"),
    path("werk/piket/<uuid:pk>/overdragen/", views.hand_over, name="hand_over"),
    path("werk/piket/<uuid:pk>/afblazen/", views.stand_down, name="stand_down"),
    path("werk/piket/<uuid:pk>/onderweg/", views.on_the_move, name="on_the_move"),
]
