"""Addresses of the aftercare."""

from django.urls import path

from nabij.aftercare import views

app_name = "aftercare"
urlpatterns = [
    path("", views.runs, name="runs"),
    path("vandaag/", views.today, name="today"),
    path("naleving/", views.compliance, name="compliance"),
    path("naleving/<uuid:pk>/", views.followed, name="followed"),
    path("gebeurtenis/<uuid:pk>/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/starten/", views.start, name="start"),
    path("<uuid:pk>/", views.board, name="board"),
    path("<uuid:pk>/lijst/", views.listed, name="listed"),
    path("<uuid:pk>/nu/", views.now, name="now"),
    path("<uuid:pk>/papier/", views.printed, name="printed"),
    path("<uuid:pk>/feiten/", views.facts, name="facts"),
    path("<uuid:pk>/huishoudens/", views.households, name="households"),
    path("<uuid:pk>/overstappen/", views.change, name="change"),
    path("<uuid:pk>/sluiten/", views.close, name="close"),
    path("stap/<uuid:pk>/", views.step, name="step"),
    path("stap/<uuid:pk>/overslaan/", views.skip, name="skip"),
    path("stap/<uuid:pk>/moment/", views.set_start, name="set_start"),
    path("stap/<uuid:pk>/overdragen/", views.hand, name="hand"),
    path("stap/<uuid:pk>/nemen/", views.take, name="take"),
    path("stap/<uuid:pk>/heropenen/", views.reopen, name="reopen"),
]
