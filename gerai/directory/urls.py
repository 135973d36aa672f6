"""Addresses of the directory: pairing of devices, and the mall's management."""

from django.urls import URLPattern, path

from gerai.directory.views import devices as pairing

devices: list[URLPattern] = [
    path("<str:kind>/", pairing.pair, name="pair"),
    path("<str:kind>/menunggu/", pairing.poll, name="poll"),
]
manage: list[URLPattern] = []
