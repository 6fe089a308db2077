"""Addresses of registering, of one's own registration, and of the desk."""

from django.urls import path

from nabij.people.views import desk, own, register

app_name = "people"
urlpatterns = [
    path("aanmelden/<uuid:incident_id>/", register.register, name="register"),
    path("oefening/aanmelden/<uuid:incident_id>/", register.practise, name="practise"),
    path("mijn/", own.own, name="own"),
    path("mijn/inloggen/", own.own_login, name="own_login"),
    path("mijn/code/<uuid:pk>/", own.own_code, name="own_code"),
    path("mijn/veranderen/", own.own_change, name="own_change"),
    path("mijn/intrekken/", own.own_withdraw, name="own_withdraw"),
    path("mijn/uitloggen/", own.own_logout, name="own_logout"),
    path("werk/gebeurtenissen/<uuid:pk>/aangemeld/", desk.counts, name="counts"),
    path("werk/gebeurtenissen/<uuid:pk>/aanmeldingen/", desk.registrations, name="registrations"),
    path(
        "werk/gebeurtenissen/<uuid:pk>/aanmeldingen/<uuid:registration_pk>/een-mens/",
        desk.believe,
        name="believe",
    ),
    path("werk/aanmeldingen/mijn/", desk.work, name="work"),
    path("werk/aanmeldingen/vastgehouden/", desk.held, name="held"),
]
