"""Addresses of papers: the public check of a paper, and files for those who may have them."""

from django.urls import URLPattern

public: list[URLPattern] = []
office: list[URLPattern] = []
