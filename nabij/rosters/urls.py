"""Addresses of the roster."""

from django.urls import path

from nabij.rosters.views import mine, planning, swaps, week

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
    path("<uuid:duty_id>/ruilen/", swaps.ask, name="ask_swap"),
    path("<uuid:duty_id>/nu-overdragen/", swaps.take_over, name="take_over"),
    path("ruil/<uuid:swap_id>/", swaps.swap, name="swap"),
    path("ruil/<uuid:swap_id>/overnemen/", swaps.take, name="take_swap"),
    path("ruil/<uuid:swap_id>/besluiten/", swaps.decide, name="decide_swap"),
    path("ruil/<uuid:swap_id>/intrekken/", swaps.withdraw, name="withdraw_swap"),
    path("ruil/<uuid:swap_id>/terugdraaien/", swaps.undo, name="undo_swap"),
    path("mijn-talen/", mine.profile, name="profile"),
    path("maand/", planning.month, name="month"),
    path("gaten/", planning.open_gaps, name="gaps"),
    path("bezetting/", planning.demand, name="demand"),
    path("afspraak/", planning.agreement, name="agreement"),
    path("bezetting/<uuid:demand_id>/stoppen/", planning.end_demand, name="end_demand"),
    path("verdeling/", planning.fairness, name="fairness"),
    path("breekt/", planning.broken, name="broken"),
]
