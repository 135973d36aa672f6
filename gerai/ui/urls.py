from django.urls import path

from gerai.ui import views

app_name = "ui"

urlpatterns = [
    path("ui", views.gallery, name="gallery"),
    path("ui/tampilan/", views.appearance, name="appearance"),
]
