from django.urls import path

from gerai.people.views import public

app_name = "people"
urlpatterns = [
    path("masuk/", public.sign_in, name="sign_in"),
    path("keluar/", public.sign_out, name="sign_out"),
]
