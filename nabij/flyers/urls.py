"""Addresses of flyers and letters."""

from django.urls import path

from nabij.flyers import views

app_name = "flyers"
urlpatterns = [
    path("", views.home, name="home"),
    path("wachten/", views.waiting, name="waiting"),
    path("gemeente/<uuid:pk>/", views.leaflets, name="leaflets"),
    path("gemeente/<uuid:pk>/<slug:code>/", views.leaflet, name="leaflet"),
    path("gemeente/<uuid:pk>/<slug:code>/beginnen/", views.start, name="start"),
    path("gemeente/<uuid:pk>/<slug:code>/printen/", views.print_leaflet, name="print_leaflet"),
    path("gemeente/<uuid:pk>/<slug:code>/brieven/", views.letters, name="letters"),
    path("uitgave/<uuid:pk>/", views.preview, name="preview"),
    path("uitgave/<uuid:pk>/beeld/", views.picture, name="picture"),
    path("uitgave/<uuid:pk>/schrijven/", views.edit, name="edit"),
    path("uitgave/<uuid:pk>/voorleggen/", views.send, name="send"),
    path("uitgave/<uuid:pk>/akkoord/", views.approve, name="approve"),
    path("uitgave/<uuid:pk>/niet-akkoord/", views.refuse, name="refuse"),
    path("uitgave/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("brieven/<uuid:pk>/", views.job, name="job"),
    path("brieven/<uuid:pk>/voortgang/", views.progress, name="progress"),
    path("brieven/<uuid:pk>/pdf/", views.letters_pdf, name="letters_pdf"),
    path("brieven/<uuid:pk>/opnieuw/", views.again, name="again"),
]
