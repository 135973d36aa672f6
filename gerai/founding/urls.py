"""Addresses of a founding: its public face, and the pages."""

from django.urls import path

from gerai.founding.views import books, documents, opening, steps
from gerai.founding.views import public as public_views
from gerai.founding.views import workspace as pages

public = [path("", public_views.course, name="course")]
workspace = [
    path("", pages.home, name="home"),
    path("mulai/", pages.begin_here, name="begin"),
    path("keterangan/", pages.particulars, name="particulars"),
    path("laporan/", pages.status, name="status"),
    path("laporan/pdf/", pages.status_pdf, name="status_pdf"),
    path("langkah/", steps.steps, name="steps"),
    path("langkah/baru/", steps.new_step, name="new_step"),
    path("langkah/tenggat/", steps.propose_days, name="propose_days"),
    path("langkah/<int:pk>/", steps.step, name="step"),
    path("langkah/<int:pk>/ubah/", steps.edit_step, name="edit_step"),
    path("langkah/<int:pk>/keadaan/", steps.move, name="move"),
    path("langkah/<int:pk>/tanggal/", steps.set_days, name="step_days"),
    path("langkah/<int:pk>/geser/", steps.shift, name="shift"),
    path("langkah/<int:pk>/hapus/", steps.remove, name="step_remove"),
    path("langkah/<int:pk>/bukti/", steps.add_evidence, name="add_evidence"),
    path("bukti/<int:pk>/", steps.evidence, name="evidence"),
    path("bukti/<int:pk>/hapus/", steps.remove_evidence, name="evidence_remove"),
    path("tahap/<slug:stage>/", steps.close, name="close"),
    path("jadwal/", steps.drawing, name="gantt"),
    path("instansi/", opening.agencies, name="agencies"),
    path("buka/", opening.open_mall, name="open"),
    path("naskah/", documents.documents, name="documents"),
    path("naskah/<slug:key>/", documents.document, name="document"),
    path("naskah/<slug:key>/tulis/", documents.write, name="write"),
    path("naskah/<slug:key>/<int:version>/<slug:form>/", documents.file, name="file"),
    *books.addresses(),
]
