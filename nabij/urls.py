"""The doorbell board: which app answers at which address."""

from django.urls import URLPattern, URLResolver, include, path

from nabij.kit import views as kit_views

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", kit_views.health, name="health"),
    path("readyz", kit_views.readiness, name="readiness"),
    path("metrics", kit_views.metrics, name="metrics"),
    path(".well-known/security.txt", kit_views.security_txt, name="security_txt"),
    path("inloggen/", include("allauth.urls")),
    path("", include("nabij.front.urls")),
    path("", include("nabij.contact.urls")),
    path("", include("nabij.on_call.urls")),
    path("", include("nabij.paging.urls")),
    path("", include("nabij.people.urls")),
    path("", include("nabij.referrals.urls")),
    path("", include("nabij.acting.urls")),
    path("", include("nabij.own_space.urls")),
    path("", include("nabij.complaints.urls")),
    path("", include("nabij.conversations.urls")),
    path("", include("nabij.retention.urls")),
    path("", include("nabij.households.urls")),
    path("", include("nabij.documents.urls")),
    path("", include("nabij.centres.urls")),
    path("", include("nabij.notify.urls")),
    path("werk/zorg/", include("nabij.care.urls")),
    path("werk/werktijden/", include("nabij.working_time.urls")),
    path("werk/psh/", include("nabij.psh.urls")),
    path("werk/kennis/", include("nabij.knowledge.urls")),
    path("werk/verwijzen/", include("nabij.police.urls")),
    path("werk/vraag-van-buiten/", include("nabij.inquiries.urls")),
    path("werk/signalen/", include("nabij.signals.urls")),
    path("werk/opvang/", include("nabij.reception.urls")),
    path("werk/ter-plaatse/", include("nabij.on_scene.urls")),
    path("werk/", include("nabij.academy.urls")),
    path("werk/", include("nabij.cases.urls")),
    path("werk/", include("nabij.support.urls")),
    path("werk/agenda/", include("nabij.agendas.urls")),
    path("werk/rooster-maken/", include("nabij.proposals.urls")),
    path("werk/rooster/", include("nabij.rosters.urls")),
    path("werk/gebeurtenissen/", include("nabij.incidents.urls")),
]
