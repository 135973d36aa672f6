from django.urls import URLPattern, path

from gerai.queue.views import (
    closings,
    emergencies,
    limits,
    lines,
    promises,
    report,
    route_office,
    routes,
    rule,
    rule_replay,
    setting_out,
    steps,
    work,
)
from gerai.queue.views import desk as desk_views
from gerai.queue.views import greeter as greeter_views
from gerai.queue.views import kiosk as kiosk_views
from gerai.queue.views import phone as phone_views
from gerai.queue.views import slip as slip_views
from gerai.queue.views import supervisor as supervisor_views
from gerai.queue.views.seats import Work, acting, own

phone: list[URLPattern] = [
    path("", phone_views.home, name="home"),
    path("instansi/<int:agency_id>/", phone_views.agency, name="agency"),
    path("<int:service_id>/", phone_views.service, name="service"),
    path("<int:service_id>/berangkat/", setting_out.setting_out, name="set_out"),
    path("rute/", routes.phone_route, name="route"),
    path("rute/tambah/", routes.phone_add, name="add"),
    path("nomor/<slug:token>/", phone_views.ticket, name="ticket"),
    path("nomor/<slug:token>/keluar/", phone_views.leaving, name="leave"),
    path("nomor/<slug:token>/slip/", slip_views.slip, name="slip"),
    path("nomor/<slug:token>/qr.svg", slip_views.qr, name="qr"),
]


def kiosk_giving(give: kiosk_views.Give) -> list[URLPattern]:
    """Return the kiosk's pages; `give` is how it gives a number, which a higher room knows."""
    return [
        path("", kiosk_views.home, name="home"),
        path("awal/", kiosk_views.restart, name="restart"),
        path("instansi/<int:agency_id>/", kiosk_views.agency, name="agency"),
        path("layanan/<int:service_id>/", kiosk_views.service, name="service"),
        path("layanan/<int:service_id>/ambil/", kiosk_views.group_giving(give), name="take"),
        path("rute/", routes.kiosk_route, name="route"),
        path("rute/tambah/", routes.kiosk_add, name="add"),
        path("rute/ambil/", routes.kiosk_group_giving(give), name="route_take"),
        path("nomor/<slug:token>/", kiosk_views.ticket, name="ticket"),
        path("nilai/", kiosk_views.rating, name="rating"),
    ]


greeter: list[URLPattern] = [
    path("", greeter_views.home, name="home"),
    path("layanan/<int:service_id>/", greeter_views.service, name="service"),
    path("rute/", routes.greeter_route, name="route"),
    path("rute/tambah/", routes.greeter_add, name="add"),
    path("nomor/<slug:token>/", greeter_views.ticket, name="ticket"),
    path("nomor/<slug:token>/keluar/", greeter_views.leaving, name="leave"),
    path("nomor/<slug:token>/kembali/", greeter_views.returning, name="bring_back"),
    path("nomor/<slug:token>/rute/", steps.greeter_steps, name="steps"),
    path("nomor/<slug:token>/rute/<int:step_id>/", steps.greeter_change, name="change_step"),
]

# The work at a desk: an officer's own, or one that a supervisor acts for.
at_desk: list[tuple[str, Work, str]] = [
    ("panggilan/", work.call_next, "call_next"),
    ("jeda/", work.pause, "pause"),
    ("jeda/akhir/", work.go_on, "go_on"),
    ("penutupan/", work.close, "close"),
    ("penutupan-sementara/", closings.ask, "ask_closing"),
    ("penutupan-sementara/<int:closing_id>/tarik/", closings.withdraw, "withdraw_closing"),
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
    ("nomor/<int:ticket_id>/rute/", steps.route, "route"),
    ("nomor/<int:ticket_id>/rute/butir/", steps.items, "items"),
    ("nomor/<int:ticket_id>/rute/<int:step_id>/", steps.change, "change_step"),
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
    path("laporan/layanan.csv", report.table, {"parts": "layanan"}, name="services_csv"),
    path("janji/", promises.promises, name="promises"),
    path("janji/janji.csv", promises.table, name="promises_csv"),
    path("aturan/", rule.rule, name="rule"),
    path("aturan/ubah/", rule.change, name="change_rule"),
    path("aturan/versi/<int:number>/", rule.version, name="rule_version"),
    path("aturan/putar-ulang/", rule_replay.replay, name="rule_replay"),
    path("penutupan/", closings.closings, name="closings"),
    path("penutupan/baru/", closings.close, name="close_at_once"),
    path("penutupan/<int:closing_id>/", closings.closing, name="closing"),
    path("penutupan/<int:closing_id>/keputusan/", closings.decide, name="decide_closing"),
    path("penutupan/<int:closing_id>/akhir/", closings.end, name="end_closing"),
    path("darurat/", emergencies.home, name="emergencies"),
    path("darurat/nyatakan/", emergencies.declare, name="declare_emergency"),
    path("darurat/titik-kumpul/", emergencies.gather, name="gather"),
    path("darurat/<int:emergency_id>/aman/", emergencies.go_on, name="go_on_after"),
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
    path("batas/", limits.limits, name="limits"),
    path("batas/<int:service_id>/", limits.limit, name="limit"),
    path("malam/", limits.night, name="night"),
    path("instansi/<int:agency_id>/", lines.open_for, name="open_for"),
    path("<int:line_id>/", lines.line, name="line"),
    path("<int:line_id>/keaktifan/", lines.switch, name="switch"),
]
manage_routes: list[URLPattern] = [
    path("", route_office.home, name="home"),
    path("baru/", route_office.new, name="new"),
    path("aturan/", route_office.change_rule, name="change_rule"),
    path("<int:template_id>/", route_office.edit, name="edit"),
    path("<int:template_id>/keaktifan/", route_office.switch, name="switch"),
]
