from django.urls import URLPattern, path

from gerai.printing.actions.slips import give
from gerai.printing.views import kiosk as kiosk_views
from gerai.printing.views import layouts, printers, reprints
from gerai.queue.views.seats import asked, own

__all__ = ["desk", "give", "greeter", "kiosk", "office", "watch"]

kiosk: list[URLPattern] = [
    path("<slug:token>/", kiosk_views.slip, name="slip"),
    path("<slug:token>/keluar/", kiosk_views.came_out, name="came_out"),
    path("<slug:token>/tidak-keluar/", kiosk_views.did_not_come, name="did_not_come"),
    path("<slug:token>/ulang/", kiosk_views.again, name="again"),
    path("<slug:token>/ponsel/", kiosk_views.by_phone, name="by_phone"),
]
greeter: list[URLPattern] = [
    path("nomor/<slug:token>/kertas/", reprints.greeter, name="paper"),
]
desk: list[URLPattern] = [
    path("nomor/<int:ticket_id>/kertas/", own(asked(reprints.desk)), name="paper"),
]
watch: list[URLPattern] = [path("", printers.watch, name="home")]
office: list[URLPattern] = [
    path("", printers.home, name="home"),
    path("<int:pk>/", printers.printer, name="printer"),
    path("<int:pk>/uji/", printers.test, name="test"),
    path("<int:pk>/penghapusan/", printers.remove, name="remove"),
    path("struk/", layouts.layout, name="layout"),
    path("struk/gambar/", layouts.logo, name="logo"),
    path("struk/pratinjau-<int:paper>.png", layouts.preview, name="preview"),
]
