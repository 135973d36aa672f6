"""Addresses of the blueprint: giving it out, taking one in."""

from django.urls import URLPattern, path

from gerai.blueprint import views

office: list[URLPattern] = [
    path("", views.home, name="home"),
    path("ekspor/", views.give_out, name="give_out"),
    path("impor/", views.send_in, name="send_in"),
    path("impor/<int:arrival_id>/", views.arrival, name="arrival"),
    path("impor/<int:arrival_id>/kunci/", views.accept_key, name="accept_key"),
    path("impor/<int:arrival_id>/buang/", views.drop, name="drop"),
    path("usulan/", views.proposals, name="proposals"),
    path("usulan/semua/", views.accept_all, name="accept_all"),
    path("usulan/<int:part_id>/terima/", views.accept, name="accept"),
    path("usulan/<int:part_id>/tolak/", views.decline, name="decline"),
    path("asal/", views.origins, name="origins"),
]
