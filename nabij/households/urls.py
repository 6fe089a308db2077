"""Addresses of families and households."""

from django.urls import path

from nabij.households import views

app_name = "households"
urlpatterns = [
    path("werk/dossiers/banden/", views.proposals, name="proposals"),
    path("werk/dossiers/banden/<uuid:pk>/", views.decide, name="decide"),
    path("werk/dossiers/<uuid:pk>/familie/", views.panel, name="panel"),
    path("werk/dossiers/<uuid:pk>/familie/erbij/", views.tie, name="tie"),
    path("werk/dossiers/<uuid:pk>/familie/<uuid:tie_pk>/apart/", views.apart, name="apart"),
    path("werk/dossiers/<uuid:pk>/familie/<uuid:tie_pk>/einde/", views.end, name="end"),
    path("werk/dossiers/<uuid:pk>/conflict/<uuid:about_pk>/", views.settle, name="settle"),
    path("werk/dossiers/<uuid:pk>/voogd/", views.guardian, name="guardian"),
]
