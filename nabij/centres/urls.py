"""Addresses below /werk/iac/, and the link by which a commission is confirmed."""

from django.urls import path

from nabij.centres import views

app_name = "centres"
urlpatterns = [
    path("werk/iac/", views.index, name="index"),
    path("werk/iac/opdracht/<uuid:incident_pk>/", views.commission, name="commission"),
    path("werk/iac/opdracht/<uuid:incident_pk>/mondeling/", views.spoken, name="spoken"),
    path("werk/iac/paneel/<uuid:incident_pk>/", views.panel, name="panel"),
    path("werk/iac/<uuid:pk>/", views.detail, name="detail"),
    path("werk/iac/<uuid:pk>/inrichten/", views.build, name="build"),
    path("werk/iac/<uuid:pk>/voorbeeld/<slug:language>/", views.preview, name="preview"),
    path("werk/iac/<uuid:pk>/bericht/", views.message, name="message"),
    path("werk/iac/<uuid:pk>/volgend-bericht/", views.next_message, name="next_message"),
    path("werk/iac/<uuid:pk>/goedkeuren/", views.approve_all, name="approve_all"),
    path("werk/iac/<uuid:pk>/tekst/<uuid:text_pk>/", views.edit, name="edit"),
    path("werk/iac/<uuid:pk>/versie/<uuid:version_pk>/goedkeuren/", views.approve, name="approve"),
    path("werk/iac/<uuid:pk>/versie/<uuid:version_pk>/intrekken/", views.withdraw, name="withdraw"),
    path("werk/iac/<uuid:pk>/live/", views.live, name="live"),
    path("werk/iac/<uuid:pk>/offline/", views.offline, name="offline"),
    path("werk/iac/<uuid:pk>/reden/", views.reason, name="reason"),
    path("opdracht/<str:token>/", views.confirm, name="confirm"),
]
