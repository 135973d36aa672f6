"""The names of the drawings: static/ui/icons.svg (Tabler Icons, MIT), pictures.svg (our own)."""

NAMES = frozenset(
    """
    alert-circle alert-triangle armchair arrow-back-up arrow-down arrow-left arrow-right arrow-up
    baby-carriage bell bell-ringing bolt book briefcase building building-bank building-community
    building-hospital building-store calendar calendar-event calendar-off car cash certificate
    chart-bar check chevron-down chevron-left chevron-right chevron-up circle circle-check
    circle-dot circle-x clipboard-list clock contrast copy device-desktop device-mobile device-tv
    disabled door door-enter door-exit dots download droplet elevator external-link eye file-check
    file-text filter flag gavel hand-finger hand-stop heart heart-handshake help-circle history
    home hourglass id info-circle key keyboard language layout-grid list list-check lock login
    logout map-pin menu-2 message minus mood-happy mood-neutral mood-sad mood-smile moon news old
    pencil phone photo plane player-pause player-play player-skip-forward player-stop plug plus
    printer printer-off qrcode receipt refresh route scale school search settings shield
    shield-check speakerphone stairs star star-filled stethoscope sun text-size ticket transfer
    trash truck user user-check user-off user-plus users users-group volume volume-off walk
    wheelchair wifi-off woman x
    """.split()  # noqa: SIM905 - a hundred names read better so
)
PICTURES = frozenset(
    """
    air akta-kematian akta-lahir bank bantuan-sosial bpjs-kerja bpjs-kesehatan hukum izin-bangunan
    izin-usaha keluarga kendaraan kerja kia ktp listrik nikah pajak paspor pengaduan pindah
    praktik-kesehatan sekolah sim skck surat tanah
    """.split()  # noqa: SIM905 - as above
)
