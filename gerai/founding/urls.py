"""Addresses of a founding: its public face, and the workspace."""

from django.urls import URLPattern

public: list[URLPattern] = []
workspace: list[URLPattern] = []
