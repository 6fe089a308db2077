"""Addresses of helping somebody."""

from django.urls import path

from nabij.support import views

app_name = "support"
urlpatterns = [
    path("dossiers/<uuid:pk>/nu/", views.now, name="now"),
    path("dossiers/<uuid:pk>/bellen/", views.call, name="call"),
    path("dossiers/<uuid:pk>/poging/", views.attempt, name="attempt"),
    path("dossiers/<uuid:pk>/brief/", views.letter, name="letter"),
    path("dossiers/<uuid:pk>/plan/", views.plan, name="plan"),
    path("dossiers/<uuid:pk>/plan/nieuw/", views.add, name="add"),
    path("dossiers/plan/<uuid:pk>/", views.change, name="change"),
    path("dossiers/<uuid:pk>/contacten/", views.contacts, name="contacts"),
    path("dossiers/<uuid:pk>/contact/", views.contact, name="contact"),
    path("dossiers/contact/<uuid:pk>/", views.notes, name="notes"),
    path("dossiers/<uuid:pk>/afspraken/", views.appointments, name="appointments"),
    path("dossiers/<uuid:pk>/afspraak/", views.meet, name="meet"),
    path("dossiers/afspraak/<uuid:pk>/", views.settle, name="settle"),
    path("dossiers/afspraak/<uuid:pk>/tolk/", views.interpreter, name="interpreter"),
    path("dossiers/<uuid:pk>/sluiten/", views.close, name="close"),
    path("dossiers/<uuid:pk>/heropenen/", views.reopen, name="reopen"),
]
