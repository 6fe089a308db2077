"""Addresses of cases."""

from django.urls import path

from nabij.cases import views

app_name = "cases"
urlpatterns = [
    path("dossiers/", views.mine, name="mine"),
    path("dossiers/team/", views.team, name="team"),
    path("dossiers/mijn/", views.work, name="work"),
    path("dossiers/besluiten/", views.decisions, name="decisions"),
    path("dossiers/zoeken/", views.search, name="search"),
    path("dossiers/nieuw/", views.new, name="new"),
    path("dossiers/overdragen/", views.move, name="move"),
    path("dossiers/noodtoegang/", views.emergency, name="emergency"),
    path("dossiers/noodtoegang/<uuid:pk>/", views.review, name="review"),
    path("dossiers/aandachtspunt/<uuid:pk>/gelezen/", views.read, name="read"),
    path("dossiers/aandachtspunt/<uuid:pk>/stap/", views.step, name="step"),
    path("dossiers/<uuid:pk>/", views.case, name="case"),
    path("dossiers/<uuid:pk>/regel/", views.rule, name="rule"),
    path("dossiers/<uuid:pk>/bereik/", views.reach, name="reach"),
    path("dossiers/<uuid:pk>/toewijzen/", views.assign, name="assign"),
    path("dossiers/<uuid:pk>/soort/", views.kind, name="kind"),
    path("dossiers/<uuid:pk>/casemanager/", views.manager, name="manager"),
    path("dossiers/<uuid:pk>/adres/", views.address, name="address"),
    path("dossiers/<uuid:pk>/geschiedenis/", views.history, name="history"),
    path("dossiers/<uuid:pk>/band/", views.tie, name="tie"),
    path("dossiers/<uuid:pk>/taak/<uuid:task_pk>/", views.finish, name="finish"),
    path("dossiers/<uuid:pk>/bescherming/", views.protection, name="protection"),
    path("dossiers/<uuid:pk>/bescherming/<uuid:assessment_pk>/", views.acknowledge, name="acknowledge"),
    path("dossiers/<uuid:pk>/niveau/", views.level, name="level"),
    path("dossiers/<uuid:pk>/aandachtspunt/", views.alert, name="alert"),
]
