from django.urls import path

from crm.companies import views

app_name = "companies"
urlpatterns = [
    path("", views.companies, name="companies"),
    path("pick/", views.pick, name="pick"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.company, name="company"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/archive/", views.archive, name="archive"),
    path("<int:pk>/names/new/", views.add_name, name="add_name"),
    path("<int:pk>/contacts/new/", views.add_contact, name="add_contact"),
    path("<int:pk>/similar/", views.similar, name="similar"),
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<int:pk>/", views.contact, name="contact"),
    path("contacts/<int:pk>/edit/", views.edit_contact, name="edit_contact"),
    path("contacts/<int:pk>/erase/", views.erase_contact, name="erase_contact"),
]
