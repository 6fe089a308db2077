"""Addresses of working groups."""

from django.urls import path

from nabij.working_groups import views

app_name = "working_groups"
urlpatterns = [
    path("gemeente/<uuid:pk>/", views.groups, name="groups"),
    path("gemeente/<uuid:pk>/nieuw/", views.new_group, name="new_group"),
    path("groep/<uuid:pk>/", views.group, name="group"),
    path("groep/<uuid:pk>/uitnodigen/", views.invite, name="invite"),
    path("groep/<uuid:pk>/overnemen/", views.adopt_group, name="adopt_group"),
    path("groep/<uuid:pk>/zeggen/", views.say, name="say"),
    path("groep/<uuid:pk>/stap/<str:step_id>/", views.group_step, name="group_step"),
]
