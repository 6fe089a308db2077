"""Addresses below /werk/iac/ for what stands beside the texts of a centre."""

from django.urls import path

from nabij.newsletters import views

app_name = "newsletters"
urlpatterns = [
    path("werk/iac/<uuid:pk>/redactie/", views.panel, name="panel"),
    path("werk/iac/<uuid:pk>/sis/", views.sis, name="sis"),
    path("werk/iac/<uuid:pk>/sis/uit/", views.sis_off, name="sis_off"),
    path("werk/iac/<uuid:pk>/vraag/", views.question, name="question"),
    path("werk/iac/<uuid:pk>/taal/", views.language, name="language"),
    path("werk/iac/<uuid:pk>/formulier/<slug:language>/", views.form_preview, name="form_preview"),
    path("werk/iac/<uuid:pk>/telefoon/<slug:language>/", views.script, name="script"),
]
