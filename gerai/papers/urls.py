"""Addresses of papers: the public check of a paper, and files for those who may have them."""

from django.urls import URLPattern, path

from gerai.papers.views import office as desk
from gerai.papers.views import public as check

public: list[URLPattern] = [path("<str:token>/", check.verify, name="verify")]
office: list[URLPattern] = [
    path("", desk.home, name="home"),
    path("nomor/", desk.numbers, name="numbers"),
    path("nomor/<slug:kind>/", desk.numbering, name="numbering"),
    path("<int:pk>/", desk.paper, name="paper"),
    path("<int:pk>/sejak/<int:before>/", desk.compare, name="compare"),
    path("<int:pk>/<str:form>/", desk.file, name="file"),
]
