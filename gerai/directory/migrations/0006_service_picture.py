from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0005_device_volume'),
    ]

    operations = [
        migrations.AddField(
            model_name='service',
            name='picture',
            field=models.CharField(blank=True, choices=[('ktp', 'Kartu tanda penduduk'), ('kia', 'Kartu identitas anak'), ('keluarga', 'Keluarga dalam rumah'), ('akta-lahir', 'Akta dengan wajah bayi'), ('akta-kematian', 'Akta dengan tunas'), ('nikah', 'Dua cincin'), ('pindah', 'Rumah dengan panah'), ('skck', 'Perisai bercentang'), ('sim', 'Kartu dengan kemudi'), ('kendaraan', 'Mobil'), ('paspor', 'Paspor'), ('pajak', 'Lembar pajak dengan tanda persen'), ('bpjs-kesehatan', 'Hati dengan tanda tambah'), ('bpjs-kerja', 'Helm kerja'), ('izin-usaha', 'Toko bercentang'), ('izin-bangunan', 'Gedung'), ('tanah', 'Peta tanah'), ('kerja', 'Tas kerja'), ('listrik', 'Bola lampu'), ('air', 'Tetes air'), ('bank', 'Uang kertas'), ('pengaduan', 'Balon percakapan'), ('hukum', 'Timbangan'), ('bantuan-sosial', 'Tangan dan hati'), ('praktik-kesehatan', 'Stetoskop'), ('sekolah', 'Topi wisuda'), ('surat', 'Lembar surat')], max_length=20),
        ),
    ]
