"""Addresses of study visits: the guests' pages, and the desk."""

from django.urls import URLPattern

public: list[URLPattern] = []
office: list[URLPattern] = []
