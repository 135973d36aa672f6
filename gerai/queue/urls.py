from django.urls import URLPattern, path

from gerai.queue.views import desk as desk_views
from gerai.queue.views import greeter as greeter_views
from gerai.queue.views import kiosk as kiosk_views
from gerai.queue.views import lines, report, rule, work
from gerai.queue.views import phone as phone_views
from gerai.queue.views import slip as slip_views
from gerai.queue.views import supervisor as supervisor_views
from gerai.queue.views.seats import Work, acting, own

phone: list[URLPattern] = [
    path("", phone_views.home, name="home"),
    path("instansi/<int:agency_id>/", phone_views.agency, name="agency"),
    path("<int:service_id>/", phone_views.service, name="service"),
    path("nomor/<slug:token>/", phone_views.ticket, name="ticket"),
    path("nomor/<slug:token>/keluar/", phone_views.leaving, name="leave"),
    path("nomor/<slug:token>/slip/", slip_views.slip, name="slip"),
    path("nomor/<slug:token>/qr.svg", slip_views.qr, name="qr"),
]
kiosk: list[URLPattern] = [
    path("", kiosk_views.home, name="home"),
    path("awal/", kiosk_views.restart, name="restart"),
    path("instansi/<int:agency_id>/", kiosk_views.agency, name="agency"),
    path("layanan/<int:service_id>/", kiosk_views.service, name="service"),
    path("layanan/<int:service_id>/ambil/", kiosk_views.group, name="take"),
    path("nomor/<slug:token>/", kiosk_views.ticket, name="ticket"),
    path("nilai/", kiosk_views.rating, name="rating"),
]
greeter: list[URLPattern] = [
    path("", greeter_views.home, name="home"),
    path("layanan/<int:service_id>/", greeter_views.service, name="service"),
    path("nomor/<slug:token>/", greeter_views.ticket, name="ticket"),
    path("nomor/<slug:token>/keluar/", greeter_views.leaving, name="leave"),
    path("nomor/<slug:token>/kembali/", greeter_views.returning, name="bring_back"),
]

# The work at a desk: an officer's own, or one that a supervisor acts for.
at_desk: list[tuple[str, Work, str]] = [
    ("panggilan/", work.call_next, "call_next"),
    ("jeda/", work.pause, "pause"),
    ("jeda/akhir/", work.go_on, "go_on"),
    ("penutupan/", work.close, "close"),
    ("nomor/<int:ticket_id>/panggilan/", work.call, "call"),
    ("nomor/<int:ticket_id>/panggilan-ulang/", work.recall, "recall"),
    ("nomor/<int:ticket_id>/ketidakhadiran/", work.miss, "miss"),
    ("nomor/<int:ticket_id>/kembali/", work.bring_back, "bring_back"),
    ("nomor/<int:ticket_id>/pelayanan/", work.start, "start"),
    ("nomor/<int:ticket_id>/penundaan/", work.hold, "hold"),
    ("nomor/<int:ticket_id>/kelanjutan/", work.resume, "resume"),
    ("nomor/<int:ticket_id>/pengalihan/", work.transfer, "transfer"),
    ("nomor/<int:ticket_id>/kiriman/", work.send_on, "send_on"),
    ("nomor/<int:ticket_id>/penyelesaian/", work.finish, "finish"),
    ("nomor/<int:ticket_id>/pembatalan/", work.undo, "undo"),
]
desk: list[URLPattern] = [
    path("", desk_views.home, name="home"),
    path("aturan/", desk_views.explanation, name="explanation"),
    path("loket/<int:counter_id>/", desk_views.open_counter, name="open"),
    *(path(address, own(verb), name=name) for address, verb, name in at_desk),
]
supervisor: list[URLPattern] = [
    path("", supervisor_views.home, name="home"),
    path("antrean/<int:line_id>/", supervisor_views.line, name="line"),
    path("nomor/<int:ticket_id>/", supervisor_views.ticket, name="ticket"),
    path("laporan/", report.report, name="report"),
    path("laporan/antrean.csv", report.table, {"parts": "antrean"}, name="lines_csv"),
    path("laporan/loket.csv", report.table, {"parts": "loket"}, name="counters_csv"),
    path("aturan/", rule.rule, name="rule"),
    path("aturan/versi/", rule.change, name="change_rule"),
    path("loket/<int:counter_id>/", supervisor_views.counter, name="counter"),
    path("loket/<int:counter_id>/petugas/", supervisor_views.open_counter, name="open"),
    path("loket/<int:counter_id>/meja/", acting(supervisor_views.desk), name="desk"),
    *(
        path(f"loket/<int:counter_id>/meja/{address}", acting(verb), name=name)
        for address, verb, name in at_desk
    ),
]
manage_lines: list[URLPattern] = [
    path("", lines.lines, name="home"),
    path("baru/", lines.new_line, name="new"),
    path("instansi/<int:agency_id>/", lines.open_for, name="open_for"),
    path("<int:line_id>/", lines.line, name="line"),
    path("<int:line_id>/keaktifan/", lines.switch, name="switch"),
]
