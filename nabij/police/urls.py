"""Addresses of the police who send people."""

from django.urls import path

from nabij.police import views

app_name = "police"
urlpatterns = [
    path("", views.refer, name="refer"),
    path("verstuurd/", views.sent, name="sent"),
    path("beoordeling/", views.update, name="update"),
    path("getroffen/", views.counted, name="counted"),
    path("geen-hulp/", views.decline, name="decline"),
]
