"""Addresses of sharing, referring and asking."""

from django.urls import path

from nabij.referrals import views

app_name = "referrals"
urlpatterns = [
    path("doorverwijzing/<str:token>/", views.link, name="link"),
    path("werk/dossiers/<uuid:pk>/delen/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/gedeeld/", views.shared, name="shared"),
    path("werk/dossiers/<uuid:pk>/toestemming/", views.consent, name="consent"),
    path("werk/dossiers/<uuid:pk>/doorverwijzen/", views.refer, name="refer"),
    path("werk/dossiers/<uuid:pk>/ander-team/", views.transfer, name="transfer"),
    path("werk/dossiers/toestemming/<uuid:pk>/", views.withdraw, name="withdraw"),
    path("werk/dossiers/doorverwijzing/<uuid:pk>/", views.change, name="change"),
    path("werk/dossiers/aanbod/<uuid:pk>/", views.take_over, name="take_over"),
    path("werk/dossiers/aanbod/<uuid:pk>/intrekken/", views.take_back, name="take_back"),
    path("werk/dossiers/aangeboden/", views.waiting, name="waiting"),
    path("werk/dossiers/partners/", views.partners, name="partners"),
    path("werk/dossiers/partners/<slug:key>/", views.partner, name="partner"),
    path("werk/dossiers/inzage/", views.ask, name="ask"),
    path("werk/dossiers/inzage/deur/", views.door, name="door"),
    path("werk/dossiers/inzage/<uuid:pk>/", views.decide, name="decide"),
]
