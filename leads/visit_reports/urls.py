from django.urls import path

from leads.visit_reports import views

app_name = "visit_reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("upload/", views.upload, name="upload"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/file/", views.download, name="file"),
    path("<int:pk>/cards/", views.add_card, name="add_card"),
    path("<int:pk>/cards/<int:position>/", views.card, name="card"),
    path("<int:pk>/accept/", views.accept, name="accept"),
    path("<int:pk>/reject/", views.reject, name="reject"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/erase/", views.erase, name="erase"),
    path("<int:pk>/acceptances/<int:commit_pk>/undo/", views.undo, name="undo"),
]
