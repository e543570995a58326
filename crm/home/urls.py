from django.urls import path

from crm.home import views

app_name = "home"
urlpatterns = [
    path("", views.my_week, name="my_week"),
    path("week/<slug:rule>/<int:pk>/<slug:code>/", views.answer, name="answer"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<str:name>/body/", views.outbox_body, name="outbox_body"),
]
