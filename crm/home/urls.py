from django.urls import path

from crm.home import views

app_name = "home"
urlpatterns = [
    path("", views.my_week, name="my_week"),
    path("week/<slug:rule>/<int:pk>/", views.question, name="question"),
    path("week/<slug:rule>/<int:pk>/<slug:code>/", views.answer, name="answer"),
    path("offline/", views.offline, name="offline"),
    path("service-worker.js", views.service_worker, name="service_worker"),
    path("search/", views.search, name="search"),
    path("archive/", views.archive, name="archive"),
    path("archive/<label:label>/<int:pk>/", views.archive_record, name="archive_record"),
    path("archive/<label:label>/<int:pk>/restore/", views.restore, name="restore"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<str:name>/body/", views.outbox_body, name="outbox_body"),
]
