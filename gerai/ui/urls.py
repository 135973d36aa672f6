from django.urls import path

from gerai.ui import views

app_name = "ui"

urlpatterns = [
    path("ui", views.gallery, name="gallery"),
    path("ui/ruang-tunggu/", views.gallery_screen, {"screen": "hall"}, name="gallery_hall"),
    path("ui/kios/", views.gallery_screen, {"screen": "kiosk"}, name="gallery_kiosk"),
    path("ui/meja/", views.gallery_screen, {"screen": "desk"}, name="gallery_desk"),
    path("ui/tampilan/", views.appearance, name="appearance"),
]
