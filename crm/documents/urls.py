from django.urls import path

from crm.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.document, name="document"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/repeat/", views.repeat, name="repeat"),
    path("<int:pk>/answered/", views.answered, name="answered"),
    path("<int:pk>/word/<slug:which>/", views.word, name="word"),
    path("<int:pk>/file/", views.download, name="file"),
]
