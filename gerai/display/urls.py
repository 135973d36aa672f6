from django.urls import URLPattern

screens: list[URLPattern] = []
