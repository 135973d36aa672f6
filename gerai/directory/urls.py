from django.urls import URLPattern

devices: list[URLPattern] = []
manage: list[URLPattern] = []
