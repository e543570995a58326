from django.urls import path

from crm.documents import views

app_name = "documents"
urlpatterns = [
    path("<int:pk>/file/", views.download, name="file"),
]
