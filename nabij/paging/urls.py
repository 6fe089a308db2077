"""Addresses of pages: the link that was sent, and the same in the app."""

from django.urls import path

from nabij.paging import views

app_name = "paging"
urlpatterns = [
    path("p/<str:token>/", views.link, name="link"),
    path("werk/oproepen/", views.mine, name="mine"),
    path("werk/oproepen/schema/", views.ladders, name="ladders"),
    path("werk/oproepen/schema/<str:kind>/", views.change_ladder, name="change_ladder"),
    path("werk/oproepen/schema/<str:kind>/landelijk/", views.give_up_ladder, name="give_up_ladder"),
    path("werk/oproepen/<uuid:ask_id>/", views.ask, name="ask"),
]
