"""Addresses of the measures: the mall beside its models."""

from django.urls import path

from gerai.insights import views

office = [
    path("", views.own, name="own"),
    path("banding/", views.compare, name="compare"),
    path("banding/pilih/", views.choose, name="choose"),
    path("waktu/", views.course, name="course"),
    path("arti/", views.meanings, name="meanings"),
    path("berbagi/", views.share, name="share"),
]
