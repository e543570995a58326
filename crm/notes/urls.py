from django.urls import path

from crm.notes import views

app_name = "notes"
urlpatterns = [
    path("<label:label>/<int:pk>/", views.timeline, name="timeline"),
    path("<label:label>/<int:pk>/add/", views.create, name="create"),
]
