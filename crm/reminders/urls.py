from django.urls import path

from crm.reminders import views

app_name = "reminders"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/read/", views.read_notices, name="read_notices"),
    path("notices/<int:pk>/", views.open_notice, name="open_notice"),
    path("preview/", views.preview, name="preview"),
    path("preview/body/", views.preview_body, name="preview_body"),
    path("preview/<int:pk>/body/", views.preview_body_of, name="preview_body_of"),
    path("not-asked/", views.silences, name="silences"),
    path("not-asked/<int:pk>/end/", views.end_silence, name="end_silence"),
    path("calendar/new/", views.renew_feed, name="renew_feed"),
    path("calendar/off/", views.stop_feed, name="stop_feed"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("unsubscribe/<str:token>/one-click/", views.unsubscribe_one_click, name="unsubscribe_one_click"),
    path("answers/<str:token>/", views.answers, name="answers"),
    path("answers/<str:token>/<slug:code>/", views.answers, name="answer"),
]
