"""Addresses of the academy."""

from django.urls import path

from nabij.academy import views

app_name = "academy"
urlpatterns = [
    path("opleiding/", views.learning, name="learning"),
    path("opleiding/kort/", views.reminder, name="reminder"),
    path("opleiding/plannen/", views.plan, name="plan"),
    path("opleiding/dag/<uuid:pk>/", views.session, name="session"),
    path("opleiding/dag/<uuid:pk>/afgelasten/", views.cancel, name="cancel"),
    path("opleiding/dag/<uuid:pk>/inschrijven/", views.enrol, name="enrol"),
    path("opleiding/dag/<uuid:pk>/uitschrijven/", views.leave, name="leave"),
    path("certificaten/", views.team, name="team"),
    path("certificaten/invoeren/", views.bring_in, name="bring_in"),
    path("certificaten/<uuid:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("certificaten/collega/<uuid:pk>/", views.person, name="person"),
    path("certificaten/collega/<uuid:pk>/vog/", views.conduct, name="conduct"),
    path("vrijwilligers/", views.volunteers, name="volunteers"),
    path("vrijwilligers/aanmelden/", views.apply, name="apply"),
    path("vrijwilligers/<uuid:pk>/", views.volunteer, name="volunteer"),
    path("vrijwilligers/<uuid:pk>/stap/<slug:name>/", views.step, name="step"),
]
