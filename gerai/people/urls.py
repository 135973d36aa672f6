"""Addresses of signing in, one's own account, a mall's people, and the platform."""

from django.urls import path

from gerai.people.views import account, platform, public
from gerai.people.views import office as pages

app_name = "people"
urlpatterns = [
    path("masuk/", public.sign_in, name="sign_in"),
    path("keluar/", public.sign_out, name="sign_out"),
    path("akun/", account.account, name="account"),
    path("platform/", platform.malls, name="malls"),
    path("platform/mal-baru/", platform.new_mall, name="new_mall"),
    path("platform/<int:pk>/", platform.edit_mall, name="edit_mall"),
    path("platform/<int:pk>/keaktifan/", platform.switch_mall, name="switch_mall"),
]

office = [
    path("orang/", pages.people, name="people"),
    path("orang/<int:pk>/", pages.person, name="person"),
    path("orang/<int:pk>/peran/", pages.change_role, name="change_role"),
    path("orang/<int:pk>/keaktifan/", pages.switch, name="switch"),
    path("orang/<int:pk>/kata-sandi/", pages.reset_password, name="reset_password"),
    path("jejak/", pages.trail, name="trail"),
]
