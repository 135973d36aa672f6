"""Addresses of study visits: the guests' pages, and the desk."""

from django.urls import URLPattern, path, register_converter

from gerai.visits.views import after, album, attendance, day, guest_book, statistics
from gerai.visits.views.office import calendar, desk, preparing, rules
from gerai.visits.views.public import asking, taking_home, visit


class Secret:
    """The secret of a visit in an address; other words of this length are none."""

    regex = "[A-Za-z0-9_-]{32}"

    def to_python(self, value: str) -> str:
        """Return the secret."""
        return value

    def to_url(self, value: str) -> str:
        """Return the secret."""
        return value


register_converter(Secret, "secret")

public: list[URLPattern] = [
    path("", asking.ask, name="ask"),
    path("<secret:secret>/", visit.visit, name="visit"),
    path("<secret:secret>/batal/", visit.cancel, name="cancel"),
    path("<secret:secret>/tamu/", visit.guests, name="guests"),
    path("<secret:secret>/tamu/berkas/", visit.upload, name="upload"),
    path("<secret:secret>/tamu/<int:pk>/hapus/", visit.remove_guest, name="remove_guest"),
    path("<secret:secret>/pertanyaan/", visit.questions, name="questions"),
    path("<secret:secret>/permohonan/", visit.letter, name="letter"),
    path("<secret:secret>/kunjungan.ics", visit.calendar, name="calendar"),
    path("<secret:secret>/surat/<int:pk>.<slug:form>", visit.paper, name="paper"),
    path("<secret:secret>/materi/<int:pk>/", visit.material, name="material"),
    path("<secret:secret>/cetak-biru/", taking_home.blueprint, name="blueprint"),
    path("<secret:secret>/dirikan/", taking_home.found_own_mall, name="found"),
]
office: list[URLPattern] = [
    path("", desk.home, name="home"),
    path("kalender/", calendar.month, name="month"),
    path("kalender/minggu/", calendar.week, name="week"),
    path("aturan/", rules.rules, name="rules"),
    path("aturan/alasan/", rules.set_reasons, name="reasons"),
    path("aturan/hari-bebas/", rules.add_closed_day, name="add_closed_day"),
    path("aturan/hari-bebas/<int:pk>/hapus/", rules.remove_closed_day, name="remove_closed_day"),
    path("aturan/ruang/", rules.add_room, name="add_room"),
    path("aturan/ruang/<int:pk>/", rules.room, name="room"),
    path("aturan/susunan/", preparing.pattern, name="pattern"),
    path("jawaban/", preparing.library, name="library"),
    path("jawaban/<int:pk>/", preparing.library_answer, name="library_answer"),
    path("materi/", preparing.materials, name="materials"),
    path("materi/<int:pk>/", preparing.material, name="material"),
    path("materi/<int:pk>/tarik/", preparing.withdraw, name="withdraw"),
    path("<int:pk>/", desk.visit, name="visit"),
    path("<int:pk>/permohonan/", desk.letter, name="letter"),
    path("<int:pk>/terima/", desk.accept, name="accept"),
    path("<int:pk>/pindah/", desk.move, name="move"),
    path("<int:pk>/tolak/", desk.refuse, name="refuse"),
    path("<int:pk>/batal/", desk.cancel, name="cancel"),
    path("<int:pk>/surat-jawaban/", desk.issue, name="issue"),
    path("<int:pk>/kunjungan.ics", desk.calendar_entry, name="calendar"),
    path("<int:pk>/susunan/", preparing.programme, name="programme"),
    path("<int:pk>/tamu/", preparing.delegation, name="guests"),
    path("<int:pk>/tamu/berkas/", preparing.upload, name="upload"),
    path("<int:pk>/tamu/<int:guest_pk>/hapus/", preparing.remove_guest, name="remove_guest"),
    path("<int:pk>/pertanyaan/", preparing.questions, name="questions"),
    path("<int:pk>/pertanyaan/<int:question_pk>/", preparing.answer, name="answer"),
    path("<int:pk>/materi/", preparing.materials, name="visit_materials"),
]

# The day, what comes after it, figures and the map.
public += [
    path("hadir/<slug:code>/", guest_book.guest_book, name="guest_book"),
    path("hadir/<slug:code>/isi/", guest_book.check_in, name="check_in"),
    path("hadir/<slug:code>/selamat-datang/", guest_book.checked_in, name="checked_in"),
    path("kesan/", guest_book.impressions, name="impressions"),
    path("kesan/milik-saya/<slug:secret>/", guest_book.impression, name="impression"),
    path("kesan/beri/<slug:code>/", guest_book.impress, name="impress"),
    path("hasil/<secret:secret>/", guest_book.results, name="results"),
    path("hasil/<secret:secret>/<int:paper>.<slug:form>", guest_book.result, name="result"),
    path("peta/", statistics.known, name="known_malls"),
]
office += [
    path("statistik/", statistics.statistics, name="statistics"),
    path("tindak-lanjut/", after.follow_ups, name="follow_ups"),
    path("<int:pk>/hari/", day.day, name="day"),
    path("<int:pk>/hari/terima/", day.receive, name="receive"),
    path("<int:pk>/hari/pulang/", day.take_leave, name="take_leave"),
    path("<int:pk>/hari/jam/", day.correct_hours, name="correct_hours"),
    path("<int:pk>/buku-tamu/", attendance.book, name="book"),
    path("<int:pk>/hadir/", attendance.sign_for, name="sign_for"),
    path("<int:pk>/hadir/<int:guest>/batal/", attendance.undo_sign, name="undo_sign"),
    path("<int:pk>/daftar-hadir.<slug:form>", attendance.attendance, name="attendance"),
    path("<int:pk>/spd/", attendance.confirm_travel, name="confirm_travel"),
    path("<int:pk>/surat/<int:paper>.<slug:form>", attendance.paper, name="paper"),
    path("<int:pk>/tanya/", day.note_question, name="note_question"),
    path("<int:pk>/tanya/<int:question>/jawab/", day.answer_question, name="answer_question"),
    path("<int:pk>/tanya/<int:question>/hapus/", day.remove_question, name="remove_question"),
    path("<int:pk>/foto/", album.album, name="album"),
    path("<int:pk>/foto/<int:photo>/", album.photo_file, name="photo"),
    path("<int:pk>/foto/<int:photo>/ubah/", album.change_photo, name="change_photo"),
    path("<int:pk>/kesan/<int:impression>/", day.judge_impression, name="judge_impression"),
    path("<int:pk>/laporan/", after.report, name="report"),
    path("<int:pk>/laporan/terbit/", after.issue_report, name="issue_report"),
    path("<int:pk>/terima-kasih/", after.thank, name="thank"),
    path("<int:pk>/tindak-lanjut/", after.add_follow_up, name="add_follow_up"),
    path("<int:pk>/tindak-lanjut/<int:follow_up>/", after.set_follow_up, name="set_follow_up"),
    path("<int:pk>/lanjutan/", after.next_visit, name="next_visit"),
    path("<int:pk>/berita/", after.draft_story, name="draft_story"),
    path("<int:pk>/tutup/", after.close, name="close"),
]
