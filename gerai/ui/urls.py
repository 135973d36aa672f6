from django.urls import path, re_path

from gerai.ui import views

app_name = "ui"

urlpatterns = [
    re_path(r"^ui/?$", views.gallery, name="gallery"),
    path("ui/tampilan/", views.appearance, name="appearance"),
]
