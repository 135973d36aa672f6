"""Addresses of the website."""

from django.urls import path

from gerai.website.views import machines, pages, public

home = pages.home
page = pages.page
site = [
    path("layanan/", public.services, name="services"),
    path("layanan/<slug:code>/", public.service, name="service"),
    path("instansi/", public.agencies, name="agencies"),
    path("instansi/<slug:code>/", public.agency, name="agency"),
    path("lantai/", public.floors, name="floors"),
    path("cari/", public.search, name="search"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.site_map, name="site_map"),
    path("sitemap-berita.xml", machines.news_map, name="news_map"),
    path("data/hsds.json", machines.hsds_services, name="hsds"),
    path("data/layanan.ttl", machines.cpsv_turtle, name="cpsv_turtle"),
    path("data/layanan.jsonld", machines.cpsv_json, name="cpsv_json"),
]
