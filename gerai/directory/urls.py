"""Addresses of the directory: pairing of devices, and the mall's management."""

from django.urls import URLPattern, path

from gerai.directory.views import devices as pairing
from gerai.directory.views.office import (
    agencies,
    agreements,
    building,
    counters,
    days,
    facilities,
    hours,
    services,
)
from gerai.directory.views.office import devices as office_devices
from gerai.directory.views.office.mall import mall

devices: list[URLPattern] = [
    path("<str:kind>/", pairing.pair, name="pair"),
    path("<str:kind>/menunggu/", pairing.poll, name="poll"),
]
manage: list[URLPattern] = [
    path("mal/", mall, name="mall"),
    path("instansi/", agencies.agencies, name="agencies"),
    path("instansi/baru/", agencies.new_agency, name="new_agency"),
    path("instansi/<int:pk>/ubah/", agencies.edit_agency, name="agency_edit"),
    path("instansi/<int:pk>/", agencies.agency, name="agency"),
    path("instansi/<int:pk>/keaktifan/", agencies.switch, name="agency_switch"),
    path("instansi/<int:pk>/penempatan/", agencies.post, name="post"),
    path("instansi/<int:pk>/penempatan/<int:posting_pk>/", agencies.unpost, name="unpost"),
    path("instansi/<int:pk>/jam/", hours.agency_hours, name="agency_hours"),
    path("instansi/<int:pk>/jam/ikuti-mal/", hours.follow_the_mall, name="follow_the_mall"),
    path("gedung/", building.building, name="building"),
    path("gedung/lantai-baru/", building.new_floor, name="new_floor"),
    path("gedung/lantai/<int:pk>/", building.floor, name="floor"),
    path("gedung/lantai/<int:pk>/hapus/", building.remove_floor, name="floor_remove"),
    path("gedung/lantai/<int:pk>/zona-baru/", building.new_zone, name="new_zone"),
    path("gedung/zona/<int:pk>/", building.zone, name="zone"),
    path("gedung/zona/<int:pk>/hapus/", building.remove_zone, name="zone_remove"),
    path("gedung/zona/<int:pk>/loket-baru/", building.new_counters, name="new_counters"),
    path("gedung/loket/<int:pk>/", building.counter, name="counter_edit"),
    path("loket/", counters.counters, name="counters"),
    path("loket/<int:pk>/", counters.counter, name="counter"),
    path("loket/<int:pk>/keaktifan/", counters.switch, name="counter_switch"),
    path("jam/", hours.mall_hours, name="hours"),
    path("hari/", days.days, name="days"),
    path("hari/<int:pk>/", days.day, name="day"),
    path("hari/<int:pk>/hapus/", days.remove, name="day_remove"),
    path("perangkat/", office_devices.devices, name="devices"),
    path("perangkat/<int:pk>/cabut/", office_devices.revoke, name="revoke"),
    path("perjanjian/", agreements.agreements, name="agreements"),
    path("perjanjian/baru/", agreements.new_agreement, name="new_agreement"),
    path("perjanjian/<int:pk>/", agreements.agreement, name="agreement"),
    path("fasilitas/", facilities.facilities, name="facilities"),
    path("fasilitas/<int:pk>/", facilities.facility, name="facility"),
    path("fasilitas/<int:pk>/hapus/", facilities.remove_facility, name="facility_remove"),
    path("pedoman/", facilities.guides, name="guides"),
    path("pedoman/baru/", facilities.new_guide, name="new_guide"),
    path("pedoman/<int:pk>/", facilities.guide, name="guide"),
    path("pedoman/<int:pk>/hapus/", facilities.remove_guide, name="guide_remove"),
    path("layanan/", services.services, name="services"),
    path("layanan/baru/", services.new_service, name="new_service"),
    path("layanan/<int:pk>/", services.service, name="service"),
    path("layanan/<int:pk>/ubah/", services.edit_service, name="service_edit"),
    path("layanan/<int:pk>/keaktifan/", services.switch, name="service_switch"),
    path("layanan/<int:pk>/standar-baru/", services.new_standard, name="new_standard"),
]
