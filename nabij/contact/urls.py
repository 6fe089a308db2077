from django.urls import path

from nabij.contact import views

app_name = "contact"
urlpatterns = [
    path("bellen/", views.doors, name="doors"),
    path("bellen/nu/", views.status, name="status"),
    path("bellen/<slug:who>/", views.caller, name="caller"),
    path("nu/", views.first_steps, name="first_steps"),
]
