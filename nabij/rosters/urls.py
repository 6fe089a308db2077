"""Addresses of the roster."""

from django.urls import path

from nabij.rosters.views import mine, planning, week

app_name = "rosters"
urlpatterns = [
    path("", week.week, name="week"),
    path("invoeren/", week.enter, name="enter"),
    path("<uuid:duty_id>/verwijderen/", week.remove, name="remove"),
    path("<uuid:duty_id>/overdragen/", week.hand_over, name="hand_over"),
    path("mijn/", mine.mine, name="mine"),
    path("mijn/dagen/", mine.enter_days, name="days"),
    path("mijn/dagen/<uuid:days_id>/weghalen/", mine.remove_days, name="remove_days"),
    path("<uuid:duty_id>/bevestigen/", mine.confirm, name="confirm"),
    path("mijn-talen/", mine.profile, name="profile"),
    path("maand/", planning.month, name="month"),
    path("gaten/", planning.open_gaps, name="gaps"),
    path("bezetting/", planning.demand, name="demand"),
    path("bezetting/<uuid:demand_id>/stoppen/", planning.end_demand, name="end_demand"),
    path("verdeling/", planning.fairness, name="fairness"),
    path("breekt/", planning.broken, name="broken"),
]
