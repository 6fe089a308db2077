"""Addresses of protocols, their versions and the examples."""

from django.urls import path

from nabij.protocols import views

app_name = "protocols"
urlpatterns = [
    path("", views.protocols, name="protocols"),
    path("wacht/", views.waiting, name="waiting"),
    path("gemeente/<uuid:pk>/", views.municipality, name="municipality"),
    path("gemeente/<uuid:pk>/overnemen/", views.adopt, name="adopt"),
    path("gemeente/<uuid:pk>/inlezen/", views.import_file, name="import_file"),
    path("voorbeelden/", views.library, name="library"),
    path("voorbeelden/<str:code>/", views.example, name="example"),
    path("voorbeelden/<str:code>/bestand/", views.example_file, name="example_file"),
    path("versie/<uuid:pk>/", views.version, name="version"),
    path("versie/<uuid:pk>/verschil/", views.difference, name="difference"),
    path("versie/<uuid:pk>/voorbeeld/", views.renewed_example, name="renewed_example"),
    path("versie/<uuid:pk>/verloop/", views.history, name="history"),
    path("versie/<uuid:pk>/bestand/", views.version_file, name="version_file"),
    path("versie/<uuid:pk>/stap/<str:step_id>/", views.step, name="step"),
    path("versie/<uuid:pk>/nieuw/", views.renew, name="renew"),
    path("versie/<uuid:pk>/vervallen/", views.drop, name="drop"),
    path("versie/<uuid:pk>/versturen/", views.send, name="send"),
    path("versie/<uuid:pk>/terughalen/", views.withdraw, name="withdraw"),
    path("versie/<uuid:pk>/antwoord/", views.answer, name="answer"),
    path("versie/<uuid:pk>/schriftelijk/<str:party>/", views.written, name="written"),
]
