"""The sentences of the booking pages, by key; what stands in braces is filled in."""

from __future__ import annotations

from collections.abc import Mapping

from shared.vocabulary import ErrorCode, Words

WORDS: Mapping[str, Words] = {
    # choosing
    "book": Words("Pesan kunjungan", "Book a visit"),
    "book_means": Words(
        "Pilih layanan, hari, dan jam. Anda tidak perlu akun; nama dan nomor telepon tidak wajib.",
        "Choose a service, a day and a time. You need no account; name and phone number are optional.",
    ),
    "search": Words("Cari layanan", "Search services"),
    "search_hint": Words("Misalnya: paspor, KTP, SIM", "For example: passport, identity card, licence"),
    "search_go": Words("Cari", "Search"),
    "nothing_found": Words("Tidak ada layanan yang cocok.", "No service matches."),
    "nothing_found_means": Words(
        "Coba kata lain. Layanan yang tidak dapat dipesan tetap dapat diambil nomornya di mesin antrean.",
        "Try another word. For services that cannot be booked, take a number at the kiosk in the hall.",
    ),
    "no_bookings": Words("Saat ini tidak ada layanan yang dapat dipesan.", "No service can be booked at present."),
    "agencies": Words("Atau pilih instansi", "Or choose an agency"),
    "services_count": Words("{count} layanan", "{count} services"),
    "one_service": Words("1 layanan", "1 service"),
    "all_agencies": Words("Semua instansi", "All agencies"),
    "found": Words("Layanan yang cocok", "Matching services"),
    "services": Words("Layanan", "Services"),
    "minutes": Words("sekitar {count} menit di loket", "about {count} minutes at the counter"),
    # service, day, slot
    "requirements": Words("Yang perlu dibawa", "What to bring"),
    "no_requirements": Words("Tidak ada syarat khusus.", "Nothing in particular."),
    "fee": Words("Biaya", "Fee"),
    "takes": Words("Lama layanan", "Time at the counter"),
    "where": Words("Tempat", "Where"),
    "which_day": Words("Pilih hari", "Choose a day"),
    "which_slot": Words("Pilih jam untuk {day}", "Choose a time on {day}"),
    "free": Words("{count} tempat", "{count} places"),
    "one_free": Words("1 tempat", "1 place"),
    "full": Words("penuh", "full"),
    "closed": Words("tutup", "closed"),
    "no_slot": Words("Tidak ada jam yang tersisa pada hari ini.", "There is no time left on this day."),
    "no_day": Words(
        "Semua jam sudah penuh atau tutup. Coba lagi nanti, atau ambil nomor langsung di tempat layanan.",
        "Every time is full or closed. Try again later, or take a number in the hall.",
    ),
    "other_service": Words("Layanan lain", "Another service"),
    # about you
    "about_you": Words("Tentang Anda", "About you"),
    "other_time": Words("Ubah jam", "Change the time"),
    "name": Words("Nama (tidak wajib)", "Name (optional)"),
    "name_purpose": Words(
        "Tercetak pada bukti pemesanan Anda. Dihapus saat Anda datang, saat dibatalkan, atau saat hari itu berakhir.",
        "Stands on your confirmation. Erased when you come, when you cancel, or when that day ends.",
    ),
    "phone": Words("Nomor telepon (tidak wajib)", "Phone number (optional)"),
    "phone_purpose": Words(
        "Supaya satu orang hanya memegang satu tempat per layanan dan hari. Tidak ada pesan yang dikirim. "
        "Dihapus saat Anda datang, saat dibatalkan, atau saat hari itu berakhir.",
        "So that one person holds one place per service and day. No messages are sent. "
        "Erased when you come, when you cancel, or when that day ends.",
    ),
    "confirm": Words("Pesan sekarang", "Book now"),
    "checking": Words("Memeriksa bahwa Anda bukan robot …", "Checking that you are no robot …"),
    "checked": Words("Siap dipesan.", "Ready to book."),
    "without_script": Words(
        "Tanpa JavaScript: tunggu {seconds} detik setelah halaman ini terbuka, lalu tekan tombol. Ini menahan robot.",
        "Without JavaScript: wait {seconds} seconds after this page has opened, then press the button. "
        "This keeps robots away.",
    ),
    "wait": Words(
        "Mohon tunggu {seconds} detik lagi, lalu tekan tombol sekali lagi.",
        "Please wait {seconds} more seconds, then press the button again.",
    ),
    "again": Words("Silakan tekan tombol sekali lagi.", "Please press the button once more."),
    # the own booking
    "booked": Words("Tempat Anda sudah dipesan", "Your place is booked"),
    "booking": Words("Pemesanan Anda", "Your booking"),
    "state_booked": Words("Dipesan", "Booked"),
    "state_cancelled": Words("Dibatalkan", "Cancelled"),
    "state_expired": Words("Tidak dipakai", "Not used"),
    "state_checked_in": Words("Sudah dipakai", "Used"),
    "state_called_off": Words("Tidak berlaku", "Called off"),
    "off_closed": Words(
        "Layanan ini tutup pada waktu pesanan Anda, karena jadwal buka diubah. Maaf atas perubahan ini.",
        "This service is closed at your booked time: its opening times were changed. We are sorry.",
    ),
    "off_removed": Words(
        "Layanan ini tidak ditawarkan lagi di sini. Maaf atas perubahan ini.",
        "This service is not offered here any more. We are sorry.",
    ),
    "off_by_hand": Words(
        "Layanan ini ditutup untuk hari ini. Maaf atas perubahan ini.",
        "This service is closed for today. We are sorry.",
    ),
    "other_slots": Words("Pilih waktu lain", "Choose another time"),
    "other_slots_means": Words(
        "Kode dan alamat tetap sama, dan berlaku lagi untuk waktu yang baru.",
        "Code and address stay the same, and hold for the new time.",
    ),
    "is_cancelled": Words("Pemesanan ini sudah dibatalkan.", "This booking was cancelled."),
    "is_expired": Words("Harinya sudah lewat.", "Its day is over."),
    "is_checked_in": Words("Pemesanan ini sudah menjadi nomor antrean.", "This booking has become a queue number."),
    "book_again": Words("Pesan lagi", "Book again"),
    "when": Words("Waktu", "When"),
    "at": Words("{day}, pukul {start}–{end}", "{day}, {start}–{end}"),
    "code": Words("Kode", "Code"),
    "name_kept": Words("Nama", "Name"),
    "phone_kept": Words("Telepon", "Phone"),
    "how": Words("Saat Anda datang", "When you come"),
    "how_scan": Words(
        "Tunjukkan kode QR ini ke pemindai mesin antrean, atau sentuh “Saya sudah memesan” dan ketik kodenya.",
        "Hold this QR code before the kiosk's scanner, or touch “I have a booking” and type the code.",
    ),
    "how_when": Words(
        "Dapat dilakukan mulai pukul {opens}. Sampai pukul {grace} Anda dihitung sejak jam pesanan; "
        "setelah itu seperti pengunjung tanpa pesanan.",
        "You can do so from {opens} on. Until {grace} you count from your booked time; after that as somebody "
        "without a booking.",
    ),
    "how_live": Words(
        "Setelah itu halaman ini menunjukkan nomor antrean Anda secara langsung.",
        "From then on this page shows your queue number, live.",
    ),
    "keep": Words("Simpan", "Keep it"),
    "keep_link": Words(
        "Alamat halaman ini adalah kunci pemesanan Anda. Simpan, dan jangan bagikan.",
        "The address of this page is the key to your booking. Keep it, and share it with nobody.",
    ),
    "as_pdf": Words("PDF", "PDF"),
    "as_picture": Words("Gambar", "Picture"),
    "as_calendar": Words("Kalender", "Calendar"),
    "qr_means": Words("Kode QR pemesanan {code}", "QR code of the booking {code}"),
    "change": Words("Ubah hari atau jam", "Change day or time"),
    "change_means": Words("Kode dan alamat tetap sama.", "Code and address stay the same."),
    "changed": Words("Waktu kunjungan sudah diubah.", "The time of your visit is changed."),
    "cancel": Words("Batalkan pemesanan", "Cancel the booking"),
    "cancel_sure": Words(
        "Tempat Anda diberikan kepada orang lain, dan data Anda dihapus.",
        "Your place goes to somebody else, and what you told about yourself is erased.",
    ),
    "cancel_yes": Words("Ya, batalkan", "Yes, cancel it"),
    "back": Words("Kembali ke pemesanan", "Back to the booking"),
    # papers
    "paper_title": Words("Bukti pemesanan", "Booking confirmation"),
    "paper_scan": Words("Pindai di mesin antrean, atau ketik kodenya.", "Scan at the kiosk, or type the code."),
    "paper_free": Words("Tidak dipungut biaya untuk pemesanan ini.", "Booking is free of charge."),
    "ics_what": Words("{service} · {agency}", "{service} · {agency}"),
    "ics_about": Words(
        "Kode: {code}. Dapat masuk antrean mulai pukul {opens}. Bawa: {bring}. {url}",
        "Code: {code}. Check in from {opens} on. Bring: {bring}. {url}",
    ),
}

REFUSALS: Mapping[ErrorCode, Words] = {
    ErrorCode.NOT_BOOKABLE: Words(
        "Layanan ini tidak dapat dipesan untuk hari itu.", "This service cannot be booked for that day."
    ),
    ErrorCode.UNKNOWN_SLOT: Words(
        "Jam itu sudah lewat atau tidak ada lagi. Pilih jam lain.",
        "That time has passed or is no longer offered. Choose another one.",
    ),
    ErrorCode.SLOT_FULL: Words(
        "Tempat terakhir pada jam itu baru saja diambil. Pilih jam lain.",
        "The last place at that time has just been taken. Choose another one.",
    ),
    ErrorCode.ALREADY_BOOKED: Words(
        "Nomor telepon ini sudah memesan layanan ini pada hari itu.",
        "This phone number has a booking of this service on that day.",
    ),
    ErrorCode.BAD_PHONE: Words(
        "Nomor telepon ini tidak lengkap atau salah. Contoh: 0812 3456 7890.",
        "This phone number is incomplete or wrong. For example: 0812 3456 7890.",
    ),
    ErrorCode.BOOKING_USED: Words(
        "Pemesanan ini sudah menjadi nomor antrean.", "This booking has become a queue number."
    ),
    ErrorCode.BOOKING_OVER: Words(
        "Pemesanan ini sudah dibatalkan atau berakhir.", "This booking was cancelled or is over."
    ),
}
TRY_AGAIN = Words(
    "Belum berhasil. Silakan coba lagi sebentar lagi.", "That did not work. Please try again in a moment."
)
