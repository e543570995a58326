from django.urls import URLPattern

app_name = "visit_reports"
urlpatterns: list[URLPattern] = []
