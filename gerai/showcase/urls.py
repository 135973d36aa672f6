"""Addresses of the presentation, its steering and the tour."""

from django.urls import URLPattern

stage: list[URLPattern] = []
