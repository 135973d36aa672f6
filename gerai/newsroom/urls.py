"""Addresses of the newsroom that are no pages of the tree."""

from django.urls import path

from gerai.newsroom.views import comments as readers
from gerai.newsroom.views import moderation as moderators
from gerai.newsroom.views import newsletter as mailing
from gerai.newsroom.views import office as offices
from gerai.newsroom.views import public

FEEDS = (("atom.xml", "atom"), ("rss.xml", "rss"), ("feed.json", "json"))

news = [
    path("", public.index, name="index"),
    *[path(name, public.feed, {"kind": kind}, name=kind) for name, kind in FEEDS],
    path("arsip/<int:year>/<int:month>/", public.archive, name="archive"),
    path("topik/<slug:tag>/", public.tag, name="tag"),
    *[
        path(f"topik/<slug:tag>/{name}", public.feed, {"kind": kind}, name=f"tag-{kind}")
        for name, kind in FEEDS
    ],
    path("<slug:section>/", public.section, name="section"),
    *[
        path(f"<slug:section>/{name}", public.feed, {"kind": kind}, name=f"section-{kind}")
        for name, kind in FEEDS
    ],
]
media = [
    path("kabar/", public.everywhere, name="everywhere"),
    path("media/<path:path>", public.media, name="media"),
    path("dokumen/<int:document_id>/<path:filename>", public.paper, name="wagtaildocs_serve"),
]
comments = [
    path("mulai/", readers.begin, name="begin"),
    path("tulis/<int:article_id>/", readers.write, name="write"),
    path("<int:comment_id>/", readers.comment, name="comment"),
    path("<int:comment_id>/ubah/", readers.revise, name="revise"),
    path("<int:comment_id>/tarik/", readers.withdraw, name="withdraw"),
    path("<int:comment_id>/laporkan/", readers.report, name="report"),
]
moderation = [
    path("", moderators.home, name="home"),
    path("setujui/", moderators.approve_several, name="approve_several"),
    path("blokir/", moderators.blocked, name="blocked"),
    path("blokir/kata/", moderators.add_word, name="add_word"),
    path("blokir/kata/<int:word_id>/hapus/", moderators.remove_word, name="remove_word"),
    path("blokir/pengirim/<int:sender_id>/cabut/", moderators.unblock, name="unblock"),
    path("<int:comment_id>/", moderators.comment, name="comment"),
    path("<int:comment_id>/setujui/", moderators.approve, name="approve"),
    path("<int:comment_id>/biarkan/", moderators.keep, name="keep"),
    path("<int:comment_id>/sembunyikan/", moderators.hide, name="hide"),
    path("<int:comment_id>/tolak/", moderators.reject, name="reject"),
    path("<int:comment_id>/ubah/", moderators.edit, name="edit"),
    path("<int:comment_id>/jawab/", moderators.answer, name="answer"),
    path("<int:comment_id>/hapus-data/", moderators.erase, name="erase"),
    path("<int:comment_id>/blokir/", moderators.block, name="block"),
]
newsletter = [
    path("", mailing.ask, name="ask"),
    path("terkirim/", mailing.asked, name="asked"),
    path("konfirmasi/<slug:token>/", mailing.confirm, name="confirm"),
    path("berhenti/<slug:token>/", mailing.stop, name="stop"),
]
manage_newsletter = [
    path("", mailing.issues, name="issues"),
    path("pratinjau/", mailing.preview, name="preview"),
    path("kirim/", mailing.send, name="send"),
]
office = [path("", offices.rules, name="rules")]
