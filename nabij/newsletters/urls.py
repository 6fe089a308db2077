"""Addresses for what stands beside the texts of a centre, and where one ends its news by e-mail."""

from django.urls import path

from nabij.newsletters.views import news, places, stopping, texts, work

app_name = "newsletters"
urlpatterns = [
    path("werk/iac/mijn/", work.work, name="work"),
    path("werk/iac/<uuid:pk>/redactie/", texts.panel, name="panel"),
    path("werk/iac/<uuid:pk>/sis/", texts.sis, name="sis"),
    path("werk/iac/<uuid:pk>/sis/uit/", texts.sis_off, name="sis_off"),
    path("werk/iac/<uuid:pk>/vraag/", texts.question, name="question"),
    path("werk/iac/<uuid:pk>/taal/", texts.language, name="language"),
    path("werk/iac/<uuid:pk>/formulier/<slug:language>/", texts.form_preview, name="form_preview"),
    path("werk/iac/<uuid:pk>/telefoon/<slug:language>/", texts.script, name="script"),
    path("werk/iac/<uuid:pk>/plek/", places.place, name="place"),
    path("werk/iac/<uuid:pk>/nieuwsmail/", news.news, name="news"),
    path("werk/iac/<uuid:pk>/nieuwsmail/<uuid:issue_pk>/opnieuw/", news.again, name="news_again"),
    path("nieuws/stoppen/<str:token>/", stopping.stop, name="stop"),
]
