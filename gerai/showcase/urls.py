"""Addresses of the presentation, its steering and the tour."""

from django.urls import path

from gerai.showcase.views import office
from gerai.showcase.views import stage as screens

stage = [
    path("", office.home, name="home"),
    path("mulai/", office.begin, name="begin"),
    path("tautan-tamu/", office.invite, name="invite"),
    path("tur/", screens.tour, name="tour"),
    path("tur/catatan/", office.notes, name="notes"),
    path("tur/catatan/<int:pk>/", office.note, name="note"),
    path("dek/baru/", office.new_deck, name="new_deck"),
    path("dek/<int:pk>/", office.deck, name="deck"),
    path("dek/<int:pk>/lihat/", screens.preview, name="preview"),
    path("dek/<int:pk>/hapus/", office.remove_deck, name="remove_deck"),
    path("dek/<int:pk>/tambah/", office.add_slide, name="add_slide"),
    path("salindia/<int:pk>/", office.slide, name="slide"),
    path("salindia/<int:pk>/geser/", office.shift_slide, name="shift_slide"),
    path("salindia/<int:pk>/hapus/", office.remove_slide, name="remove_slide"),
    path("foto/<int:pk>/", office.photo, name="photo"),
    path("untuk/<str:token>/", screens.guests, name="guests"),
    path("untuk/<str:token>/foto/<int:pk>/", screens.guest_photo, name="guest_photo"),
    path("<int:pk>/", screens.stage, name="stage"),
    path("<int:pk>/keadaan/", screens.state, name="state"),
    path("<int:pk>/pindah/", screens.move, name="move"),
    path("<int:pk>/akhiri/", office.end, name="end"),
    path("<int:pk>/kendali/", screens.control, name="control"),
    path("<int:pk>/kendali/ganti/", office.renew, name="renew"),
    path("<int:pk>/kendali/<str:secret>/", screens.remote, name="remote"),
    path("<int:pk>/kendali/<str:secret>/pindah/", screens.remote_move, name="remote_move"),
]
