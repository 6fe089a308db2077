"""Addresses of the partners of a safety region."""

from django.urls import path

from nabij.partners import views

app_name = "partners"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("aandacht/", views.attention, name="attention"),
    path("nieuw/", views.keep, name="keep"),
    path("moment/", views.meet, name="meet"),
    path("moment/<uuid:pk>/", views.meet, name="meet_one"),
    path("afspraak/<uuid:pk>/", views.look_again, name="look_again"),
    path("afspraak/<uuid:pk>/stoppen/", views.end, name="end"),
    path("gebeurtenis/<uuid:pk>/", views.at_incident, name="at_incident"),
    path("gebeurtenis/<uuid:pk>/<slug:partner>/ingelicht/", views.tell, name="tell"),
    path("gebeurtenis/<uuid:pk>/<slug:partner>/ontvangen/", views.receive, name="receive"),
    path("<uuid:pk>/", views.partner, name="partner"),
    path("<uuid:pk>/wijzigen/", views.change, name="change"),
    path("<uuid:pk>/nagekeken/", views.check, name="check"),
    path("<uuid:pk>/contact/", views.know, name="know"),
    path("<uuid:pk>/ik/", views.take, name="take"),
    path("<uuid:pk>/afspraak/", views.agree, name="agree"),
]
