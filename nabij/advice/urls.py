"""Addresses of advice to municipalities."""

from django.urls import path

from nabij.advice import views

app_name = "advice"
urlpatterns = [
    path("", views.questions, name="questions"),
    path("wacht/", views.waiting, name="waiting"),
    path("vraag/nieuw/", views.ask, name="ask"),
    path("vraag/nieuw/<uuid:pk>/", views.ask, name="ask_at"),
    path("vraag/<uuid:pk>/", views.question, name="question"),
    path("vraag/<uuid:pk>/oppakken/", views.take, name="take"),
    path("lijn/", views.line, name="line"),
    path("lijn/nieuw/", views.log, name="log"),
    path("lijn/<uuid:pk>/", views.call, name="call"),
    path("wijk/<uuid:pk>/", views.at_district, name="at_district"),
    path("wijk/<uuid:pk>/contact/", views.name_contact, name="name_contact"),
    path("gebeurtenis/<uuid:pk>/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/contact/", views.renew, name="renew"),
    path("gebeurtenis/<uuid:pk>/ingelicht/", views.partners_at, name="partners_at"),
    path("gebeurtenis/<uuid:pk>/partners/", views.partners, name="partners"),
    path("gebeurtenis/<uuid:pk>/partners/<slug:partner>/", views.take_back, name="take_back"),
    path("gebeurtenis/<uuid:pk>/partners/<slug:partner>/ontvangen/", views.receive, name="receive"),
]
