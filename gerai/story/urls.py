"""Addresses of the day's story."""

from django.urls import path

from gerai.story import views

public = [
    path("", views.home, name="home"),
    path("hari-ini/", views.now, name="today"),
    path("gerak.json", views.moves, name="moves"),
    path("layar/", views.hall, name="hall"),
]
office = [path("", views.office, name="home")]
