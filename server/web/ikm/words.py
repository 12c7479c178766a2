"""The sentences of the pages and of the sheet about the index."""

from __future__ import annotations

from collections.abc import Mapping

from shared.vocabulary import Words

WORDS: Mapping[str, Words] = {
    "title": Words("Indeks Kepuasan Masyarakat", "Public Satisfaction Index"),
    "report": Words("Hasil survei kepuasan", "Survey results"),
    "public_lead": Words(
        "Apa kata pengunjung tentang layanan di gedung ini: hasil resmi per periode.",
        "What visitors say about the services of this hall: the official results by period.",
    ),
    "nothing_published": Words("Belum ada hasil yang diterbitkan.", "No result has been published yet."),
    "published_later": Words(
        "Hasil muncul di sini begitu periode pertama diterbitkan.",
        "Results stand here as soon as the first period is published.",
    ),
    "period": Words("Periode", "Period"),
    "from": Words("Dari", "From"),
    "to": Words("Sampai", "To"),
    "show": Words("Tampilkan", "Show"),
    "of": Words("Hasil untuk", "Results for"),
    "whole_site": Words("Seluruh gedung", "The whole hall"),
    "bad_period": Words("Periode itu tidak dapat dipakai.", "That period cannot be used."),
    "ikm": Words("IKM", "Index"),
    "band": Words("Mutu pelayanan", "Quality"),
    "grade": Words("Mutu", "Grade"),
    "band_A": Words("Sangat baik", "Very good"),
    "band_B": Words("Baik", "Good"),
    "band_C": Words("Kurang baik", "Fair"),
    "band_D": Words("Tidak baik", "Poor"),
    "respondents": Words("Responden", "Respondents"),
    "required": Words("Sampel yang disyaratkan", "Required sample"),
    "enough": Words("terpenuhi", "reached"),
    "not_enough": Words("belum terpenuhi", "not reached yet"),
    "invited": Words("Diundang", "Invited"),
    "finished": Words("Kunjungan selesai", "Finished visits"),
    "range": Words("Rentang kepercayaan 95 %", "95 % confidence range"),
    "method": Words("Cara menghitung", "How it is computed"),
    "exact": Words("Bobot tepat 1/9", "Exact weight 1/9"),
    "short": Words("Bobot dibulatkan 0,11", "Rounded weight 0.11"),
    "long": Words("Bobot dibulatkan 0,111", "Rounded weight 0.111"),
    "official": Words("angka resmi lembar ini", "the figure of this sheet"),
    "comparison": Words("pembanding", "for comparison"),
    "rounding_means": Words(
        "Dengan bobot 0,11 nilai sempurna hanya 99,00; karena itu yang dipakai bobot tepat.",
        "With the weight 0.11 a perfect score is only 99.00; so the exact weight is used.",
    ),
    "elements": Words("Nilai per unsur", "By element"),
    "element": Words("Unsur", "Element"),
    "answered": Words("Dijawab", "Answered"),
    "nrr": Words("NRR", "Mean"),
    "converted": Words("Nilai konversi", "Converted"),
    "agencies": Words("Per instansi", "By agency"),
    "services": Words("Per layanan", "By service"),
    "counters": Words("Per loket", "By counter"),
    "name": Words("Nama", "Name"),
    "too_few": Words("kurang dari {count}", "fewer than {count}"),
    "too_few_here": Words(
        "Kurang dari {count} responden: hasilnya tidak ditampilkan, agar tidak ada yang dikenali.",
        "Fewer than {count} respondents: no result is shown, so that nobody is recognised.",
    ),
    "nobody_asked": Words(
        "Survei belum diatur di katalog: [site.survey]. Belum ada yang diundang.",
        "The catalogue plans no survey yet: [site.survey]. Nobody is invited.",
    ),
    "channels": Words("Tempat menjawab", "Where they answered"),
    "channel_phone": Words("Ponsel sendiri", "Own phone"),
    "channel_tablet": Words("Tablet di pintu keluar", "Tablet at the exit"),
    "channel_counter": Words("Kode di loket", "Code on the counter"),
    "incomplete": Words("Tidak dihitung: kurang dari lima unsur", "Not counted: fewer than five elements"),
    "sheet_pdf": Words("Lembar hasil (PDF)", "One-page sheet (PDF)"),
    "raw_table": Words("Tabel jawaban (XLSX)", "Table of answers (XLSX)"),
    "codes": Words("Kode QR untuk loket", "QR codes for the counters"),
    "publish": Words("Terbitkan periode ini", "Publish this period"),
    "publish_means": Words(
        "Angka periode ini disimpan seperti sekarang dan tampil di /ikm untuk semua orang. Yang sudah terbit tidak "
        "dapat diubah; penerbitan baru untuk periode yang sama menggantikannya, dan yang lama tetap dapat dibaca.",
        "The figures are kept as they are now and shown at /ikm to everybody. What was published cannot be changed; "
        "publishing the same period again replaces it, and the old one can still be read.",
    ),
    "not_over": Words(
        "Periode ini belum berakhir, jadi belum dapat diterbitkan.",
        "This period is not over yet, so it cannot be published.",
    ),
    "no_result": Words("Belum ada hasil untuk diterbitkan.", "There is no result to publish."),
    "published_now": Words("Periode ini sudah diterbitkan.", "The period is published."),
    "publications": Words("Hasil yang sudah diterbitkan", "Published results"),
    "published_on": Words("Diterbitkan", "Published"),
    "replaced": Words(
        "Hasil ini sudah digantikan oleh penerbitan yang lebih baru untuk periode yang sama.",
        "This result was replaced by a newer publication of the same period.",
    ),
    "newer": Words("Lihat yang terbaru", "See the newest"),
    "quick": Words("Penilaian cepat", "Quick ratings"),
    "quick_means": Words(
        "Satu sentuhan, dari siapa saja yang dilayani. Bukan bagian dari IKM.",
        "One tap, from whoever was served. Not a part of the index.",
    ),
    "suggestions": Words("Saran", "Suggestions"),
    "no_suggestions": Words("Tidak ada saran pada periode ini.", "No suggestions in this period."),
    "source": Words(
        "Permenpan-RB 14/2017: sembilan unsur, skala 1-4, IKM = jumlah (NRR x 1/9) x 25, dihitung dengan pecahan tepat "
        "dan dibulatkan satu kali ke dua desimal. Undangan sistematis: setiap kunjungan selesai yang kesekian. "
        "Responden: menjawab sedikitnya lima unsur; unsur yang dilewati tidak ikut membagi. Sampel: Krejcie & Morgan "
        "(1970). Rentang: 95 %, sebaran t dengan koreksi populasi terbatas.",
        "Permenpan-RB 14/2017: nine elements, scale 1-4, index = sum (mean x 1/9) x 25, computed with exact fractions "
        "and rounded once to two decimals. Systematic invitation: every k-th finished visit. Respondents: at least "
        "five elements answered; a skipped element does not divide. Sample: Krejcie & Morgan (1970). Range: 95 %, "
        "Student's t with finite population correction.",
    ),
    "bands_are": Words(
        "A 88,31-100 sangat baik · B 76,61-88,30 baik · C 65,00-76,60 kurang baik · D 25,00-64,99 tidak baik",
        "A 88.31-100 very good · B 76.61-88.30 good · C 65.00-76.60 fair · D 25.00-64.99 poor",
    ),
    "printed_on": Words("Dicetak", "Printed"),
    "unpublished": Words("Belum diterbitkan: angka sementara", "Not published: preliminary figures"),
    "codes_title": Words("Kode QR untuk loket", "QR codes for the counters"),
    "codes_lead": Words(
        "Cetak, potong, dan letakkan di loket. Pengunjung memasukkan nomor pada kertasnya; hanya yang diundang "
        "menjawab survei, yang lain memberi penilaian cepat.",
        "Print, cut and place one on each counter. Visitors type the number on their paper; only who is invited "
        "answers the survey, others give a quick rating.",
    ),
    "code_asks": Words("Bagaimana pelayanan kami?", "How did we serve you?"),
    "counter": Words("Loket", "Counter"),
    "print": Words("Cetak", "Print"),
    "back": Words("Kembali ke hasil", "Back to the results"),
    "hidden_in_table": Words("(terlalu sedikit)", "(too few)"),
    "month": Words("Bulan", "Month"),
    "agency": Words("Instansi", "Agency"),
    "service": Words("Layanan", "Service"),
    "channel": Words("Tempat", "Channel"),
    "text": Words("Saran", "Suggestion"),
    "answers": Words("Jawaban", "Answers"),
    "rating": Words("Nilai", "Rating"),
    "count": Words("Jumlah", "Count"),
}
