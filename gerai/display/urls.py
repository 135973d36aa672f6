"""Addresses of the hall screens and of their management."""

from django.urls import URLPattern, path

from gerai.display.views import emergencies, kiosk
from gerai.display.views import office as pages
from gerai.display.views import screens as views

screens: list[URLPattern] = [
    path("", views.screen, name="screen"),
    path("keadaan.json", views.state, name="state"),
    path("gong.wav", views.gong, name="gong"),
    path("aba-aba.wav", emergencies.signal, name="signal"),
    path("kalimat.wav", emergencies.clip, name="sentence"),
    path("darurat/", emergencies.alarm, name="alarm"),
    path(
        "darurat/<int:emergency_id>/putaran/<int:number>/",
        emergencies.said,
        name="alarm_said",
    ),
    path("darurat/<int:emergency_id>/aman/", emergencies.all_clear_said, name="all_clear"),
    path("ucapan/", views.claim, name="claim"),
    path("ucapan/<int:sequence>/", views.confirm, name="confirm"),
    path("ucapan/<int:sequence>/suara.wav", views.clip, name="clip"),
]
heard: list[URLPattern] = [path("suara.wav", kiosk.clip, name="clip")]
office: list[URLPattern] = [
    path("", pages.home, name="home"),
    path("zona/<int:pk>/suara/", pages.speech, name="speech"),
    path("zona/<int:pk>/tata/", pages.zone_layout, name="zone_layout"),
    path("zona/<int:pk>/pratinjau/", pages.zone_preview, name="zone_preview"),
    path("perangkat/<int:pk>/tata/", pages.screen_layout, name="screen_layout"),
    path("perangkat/<int:pk>/pratinjau/", pages.screen_preview, name="screen_preview"),
    path("pengumuman/<int:pk>/", pages.notice, name="notice"),
    path("pengumuman/<int:pk>/hapus/", pages.remove_notice, name="notice_remove"),
]
