from django.urls import path

from crm.delegations import views

app_name = "delegations"
urlpatterns = [
    path("", views.delegations, name="delegations"),
    path("new/", views.create, name="create"),
    path("debrief/<str:token>/", views.debrief, name="debrief"),
    path("<int:pk>/", views.delegation, name="delegation"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/status/", views.set_status, name="set_status"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/programme/", views.programme, name="programme"),
    path("<int:pk>/programme/new/", views.programme_add, name="programme_add"),
    path("programme/<int:pk>/edit/", views.programme_edit, name="programme_edit"),
    path("programme/<int:pk>/archive/", views.programme_archive, name="programme_archive"),
    path("<int:pk>/told/", views.told, name="told"),
    path("practices/", views.practices, name="practices"),
    path("practices/new/", views.practice_create, name="practice_create"),
    path("practices/<int:pk>/edit/", views.practice_edit, name="practice_edit"),
    path("practices/<int:pk>/move/", views.move_practice, name="move_practice"),
]
