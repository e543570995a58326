from django.urls import path

from crm.commitments import views

app_name = "commitments"
urlpatterns = [
    path("", views.commitments, name="commitments"),
    path("execution/", views.execution, name="execution"),
    path("new/<label:label>/<int:about_pk>/", views.create, name="create"),
    path("<int:pk>/", views.commitment, name="commitment"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/keep/", views.keep, name="keep"),
    path("<int:pk>/reopen/", views.reopen, name="reopen"),
    path("<int:pk>/postpone/", views.postpone, name="postpone"),
    path("<int:pk>/block/", views.block, name="block"),
    path("<int:pk>/drop/", views.drop, name="drop"),
]
