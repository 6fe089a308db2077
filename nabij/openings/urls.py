"""Addresses of the two hours and the years of a centre."""

from django.urls import path

from nabij.openings import views

app_name = "openings"
urlpatterns = [
    path("mijn/", views.mine, name="mine"),
    path("gereed/", views.readiness, name="readiness"),
    path("gereed/<slug:code>/", views.prepare, name="prepare"),
    path("paneel/<uuid:pk>/", views.panel, name="panel"),
    path("<uuid:pk>/paneel/", views.at_centre, name="at_centre"),
    path("<uuid:pk>/", views.checklist, name="checklist"),
    path("<uuid:pk>/starten/", views.start, name="start"),
    path("<uuid:pk>/punt/<uuid:item_pk>/", views.tick, name="tick"),
    path("<uuid:pk>/punt/<uuid:item_pk>/terug/", views.take_back, name="take_back"),
    path("<uuid:pk>/test/<slug:kind>/", views.test, name="test"),
    path("<uuid:pk>/reden/", views.explain, name="explain"),
    path("<uuid:pk>/redactie/", views.board, name="board"),
    path("<uuid:pk>/redactie/<uuid:seat_pk>/einde/", views.end_seat, name="end_seat"),
    path("<uuid:pk>/fase/", views.phase, name="phase"),
    path("<uuid:pk>/weer-open/", views.open_again, name="open_again"),
    path("<uuid:pk>/sluiten/", views.closing, name="closing"),
    path("<uuid:pk>/sluiten/bezoeken/", views.visits, name="visits"),
    path("<uuid:pk>/sluiten/aankondigen/", views.announce, name="announce"),
    path("<uuid:pk>/sluiten/niet/", views.drop, name="drop"),
    path("<uuid:pk>/sluiten/dicht/", views.archive, name="archive"),
    path("<uuid:pk>/cijfers/", views.figures, name="figures"),
    path("<uuid:pk>/cijfers/csv/", views.figures_csv, name="figures_csv"),
    path("<uuid:pk>/lessen/<uuid:lesson_pk>/", views.take_up, name="take_up"),
]
