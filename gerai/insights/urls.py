"""Addresses of the measures: the mall beside its models."""

from django.urls import URLPattern

office: list[URLPattern] = []
