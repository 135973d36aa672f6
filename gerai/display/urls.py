"""Addresses of the hall screens."""

from django.urls import URLPattern, path

from gerai.display import views

screens: list[URLPattern] = [
    path("", views.screen, name="screen"),
    path("keadaan.json", views.state, name="state"),
    path("gong.wav", views.gong, name="gong"),
    path("ucapan/", views.claim, name="claim"),
    path("ucapan/<int:sequence>/", views.confirm, name="confirm"),
    path("ucapan/<int:sequence>/suara.wav", views.clip, name="clip"),
]
