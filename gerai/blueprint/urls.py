"""Addresses of the blueprint: giving it out, taking one in."""

from django.urls import URLPattern

office: list[URLPattern] = []
