"""Addresses of the website."""

from django.urls import path

from gerai.website.views import pages, public

home = pages.home
page = pages.page
site = [
    path("layanan/", public.services, name="services"),
    path("layanan/<slug:code>/", public.service, name="service"),
    path("instansi/", public.agencies, name="agencies"),
    path("instansi/<slug:code>/", public.agency, name="agency"),
    path("lantai/", public.floors, name="floors"),
    path("cari/", public.search, name="search"),
]
