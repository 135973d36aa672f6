"""Addresses of papers: the public check of a paper, and files for those who may have them."""

from django.urls import URLPattern, path

from gerai.papers.views import public as check

public: list[URLPattern] = [path("<str:token>/", check.verify, name="verify")]
office: list[URLPattern] = []
