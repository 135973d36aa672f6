"""Addresses of the newsroom that are no pages of the tree."""

from django.urls import path

from gerai.newsroom.views import public

news = [
    path("", public.index, name="index"),
    path("atom.xml", public.feed, {"kind": "atom"}, name="atom"),
    path("rss.xml", public.feed, {"kind": "rss"}, name="rss"),
    path("feed.json", public.feed, {"kind": "json"}, name="json"),
    path("arsip/<int:year>/<int:month>/", public.archive, name="archive"),
    path("topik/<slug:slug>/", public.tag, name="tag"),
]
