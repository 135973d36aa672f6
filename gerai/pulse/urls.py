from django.urls import URLPattern, path

from gerai.pulse.views import figures, living

supervisor: list[URLPattern] = [
    path("", living.home, name="home"),
    path("alarm/", living.day, name="day"),
    path("alarm/<int:alarm_id>/tangani/", living.handle, name="handle"),
    path("batas/", living.limits, name="limits"),
    path("batas/antrean/", living.promises, name="promises"),
    path("angka/", figures.home, name="figures"),
    path("angka/peta.csv", figures.table, {"kind": "peta"}, name="heat_csv"),
    path("angka/corong.csv", figures.table, {"kind": "corong"}, name="funnel_csv"),
    path("angka/waktu.csv", figures.table, {"kind": "waktu"}, name="times_csv"),
]
desk: list[URLPattern] = [path("waktu-saya/", figures.own, name="own")]
