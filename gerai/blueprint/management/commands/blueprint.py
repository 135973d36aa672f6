"""``gerai blueprint export|import|schema``: a mall's blueprint without a browser."""

import json
import re
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gerai.blueprint import shape, signing
from gerai.blueprint.actions import exporting, taking
from gerai.blueprint.queries import refused_line, source_of, taken_words
from gerai.blueprint.reading import Blueprint
from gerai.directory.catalogue.texts import shown
from gerai.directory.management.asked import BadRequest, asked_file, asked_mall
from gerai.errors import Refused
from gerai.malls.management.first_start import make_tables
from gerai.malls.models import Mall, Stage, Zone
from gerai.malls.regions import region_names
from gerai.malls.scope import in_mall
from gerai.people import actions as people
from gerai.people.audit import SYSTEM

REFUSED, WRONG = 1, 2
ADDRESS = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# Provinces by the zone of most of their people; all others are WIB.
WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
WIT = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})
KABUPATEN = "Kabupaten "


class Command(BaseCommand):
    """Give out a mall's blueprint, take one in, or print the schema of the file."""

    help = "Ekspor cetak biru sebuah mal, atau impor ke dalam mal (export, import, schema)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the deed, then what belongs to it."""
        deeds = parser.add_subparsers(dest="deed", metavar="export|import|schema", required=True)
        export = deeds.add_parser("export", help="tulis cetak biru sebuah mal")
        export.add_argument("mall", metavar="MAL", help="nama pendek mal, misalnya barru")
        export.add_argument("-o", "--output", metavar="BERKAS", help="bawaan: keluaran baku")
        export.add_argument("--parts", metavar="JENIS", help=f"mis. agency,service ({_kinds()})")
        export.add_argument(
            "--licence", metavar="LISENSI", default=exporting.LICENCES[0], help="lisensi isinya"
        )
        take = deeds.add_parser("import", help="ambil cetak biru ke dalam mal")
        take.add_argument("file", metavar="BERKAS")
        take.add_argument("--into", metavar="MAL", required=True, help="dibuat bila belum ada")
        take.add_argument("--region", metavar="KODE", help="wilayah mal baru, misalnya 73.12")
        take.add_argument("--parts", metavar="JENIS", help=f"mis. agency,service ({_kinds()})")
        take.add_argument(
            "--accept-key",
            metavar="SIDIK-JARI",
            help="terima kunci baru sumbernya, bila sidik jarinya ini",
        )
        take.add_argument("--json", action="store_true", help="keluaran hanya JSON")
        deeds.add_parser("schema", help="cetak skema JSON berkasnya")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit with 1 when the file is refused as a whole, with 2 when the line makes no sense."""
        try:
            {"export": self._export, "import": self._import, "schema": self._schema}[
                options["deed"]
            ](options)
        except BadRequest as wrong:
            self.stderr.write(str(wrong))
            raise SystemExit(WRONG) from wrong

    def _schema(self, _options: dict[str, Any]) -> None:
        self.stdout.write(shape.published(), ending="")

    def _export(self, options: dict[str, Any]) -> None:
        make_tables()
        kinds = _asked_kinds(options["parts"])
        if not 0 < len(options["licence"].strip()) <= shape.CODE:
            raise BadRequest(_("Lisensi ditulis dengan 1 sampai 40 huruf, misalnya CC-BY-4.0."))
        mall = asked_mall(options["mall"])
        assert mall is not None, "a slug was typed"
        with in_mall(mall):
            made = exporting.export_blueprint(
                kinds=kinds or shape.CHOICES, licence=options["licence"].strip(), by=SYSTEM
            )
        if options["output"] is None:
            self.stdout.write(made.content.decode(), ending="")
        else:
            try:
                Path(options["output"]).write_bytes(made.content)
            except (OSError, ValueError) as error:
                raise BadRequest(
                    _("Berkas “%(file)s” tidak dapat ditulis.") % {"file": shown(options["output"])}
                ) from error
        for part in made.left_out:
            self.stderr.write(
                refused_line(part.kind, part.key, _("Terlalu panjang untuk cetak biru; dilewati."))
            )
        self.stderr.write(
            _("%(mall)s: %(parts)d bagian ditulis.") % {"mall": mall.name, "parts": made.parts}
        )

    def _import(self, options: dict[str, Any]) -> None:
        content = asked_file(
            options["file"], shape.MOST_BYTES, example="blueprint import barru.json --into soppeng"
        )
        kinds = _asked_kinds(options["parts"])
        _check_address(options["into"], options["region"])
        try:
            file = taking.read_file(content)
            make_tables()
            mall = self._mall(options["into"], options["region"])
            with in_mall(mall):
                self._accept_key(file, options["accept_key"])
                result = taking.take(file, by=SYSTEM, kinds=kinds)
        except Refused as refused:
            self._refuse(str(refused), as_json=options["json"])
        words = self.stderr if options["json"] else self.stdout
        for part in result.refused:
            words.write(refused_line(part.kind, part.key, part.reason))
        counts = {
            "taken": result.taken,
            "unchanged": result.unchanged,
            "refused": len(result.refused),
        }
        words.write(f"{mall.name}: {taken_words(**counts)}")
        if options["json"]:
            self.stdout.write(json.dumps(counts))

    def _accept_key(self, file: Blueprint, typed: str | None) -> None:
        if typed is None:
            return
        if "".join(typed.split()).lower() != "".join(signing.print_of(file.public_key).split()):
            raise BadRequest(
                _("Sidik jari kunci berkas ini %(print)s, bukan yang Anda tulis.")
                % {"print": signing.print_of(file.public_key)}
            )
        source = source_of(file)
        if source is not None and source.public_key != file.public_key:
            taking.accept_key(file, by=SYSTEM)

    def _mall(self, slug: str, region: str | None) -> Mall:
        """Return the mall meant; open it as a founding workspace where there is none."""
        standing = Mall.objects.filter(slug=slug).first()
        if standing is not None:
            return standing
        code = region or _region_of(slug)
        place = region_names()[code].removeprefix(KABUPATEN) if code else _spelt(slug)
        mall = people.open_mall(
            slug=slug,
            name=f"MPP {place}"[:120],
            region_code=code,
            zone=_zone_of(code),
            host="",
            address="",
            by=SYSTEM,
            stage=Stage.FOUNDING,
        )
        self.stderr.write(
            _("Mal “%(slug)s” belum ada, jadi dibuat sebagai ruang kerja pendirian: %(name)s.")
            % {"slug": slug, "name": mall.name}
        )
        return mall

    def _refuse(self, words: str, *, as_json: bool) -> NoReturn:
        self.stderr.write(words)
        if as_json:
            self.stdout.write(json.dumps({"taken": 0, "unchanged": 0, "refused": 1}))
        sys.exit(REFUSED)


def _asked_kinds(typed: str | None) -> frozenset[str] | None:
    if typed is None:
        return None
    kinds = frozenset(part.strip() for part in typed.split(",") if part.strip())
    if not kinds or not kinds <= set(shape.CHOICES):
        raise BadRequest(_("Jenis bagian yang ada: %(kinds)s.") % {"kinds": _kinds()})
    return kinds


def _kinds() -> str:
    return ", ".join(shape.CHOICES)


def _check_address(slug: str, region: str | None) -> None:
    if not ADDRESS.fullmatch(slug):
        raise BadRequest(
            _("Nama alamat mal memakai huruf kecil, angka, dan garis; misalnya: soppeng.")
        )
    if region is not None and region not in region_names():
        raise BadRequest(_("Kode wilayah ini tidak ada. Contoh yang ada: 73.11 (Barru)."))


def _region_of(slug: str) -> str:
    """Return the code of the region that a slug names, a regency before a city of that name."""
    wanted = slug.replace("-", " ")
    named = {code: name for code, name in region_names().items() if "." in code}
    for told in (str.lower, lambda name: _plain(name).lower()):
        for code, name in named.items():
            if told(name) == wanted:
                return code
    return ""


def _spelt(slug: str) -> str:
    return slug.replace("-", " ").title()


def _plain(name: str) -> str:
    return name.removeprefix(KABUPATEN).removeprefix("Kota ")


def _zone_of(code: str) -> Zone:
    if code[:2] in WIT:
        return Zone.WIT
    return Zone.WITA if code[:2] in WITA else Zone.WIB
