"""What the kiosk says, in each language: one table, read by the screens and by QML (`vm.words.<key>`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from shared.vocabulary import ErrorCode, Language, Need, PrinterFault, Words

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        # everywhere
        "back": Words("Kembali", "Back"),
        "startOver": Words("Mulai lagi", "Start over"),
        "search": Words("Cari layanan", "Search services"),
        "searchHint": Words("Ketik keperluan Anda, misalnya KTP", "Type what you need, e.g. KTP"),
        "next": Words("Berikutnya", "Next"),
        "previous": Words("Sebelumnya", "Previous"),
        "otherLanguage": Words("English", "Indonesia"),
        "largerText": Words("Huruf besar", "Large text"),
        "normalText": Words("Huruf biasa", "Normal text"),
        "done": Words("Selesai", "Done"),
        "turnOf": Words("Halaman {turn} dari {turns}", "Page {turn} of {turns}"),
        "paperNotice": Words(
            "Printer sedang tidak dapat mencetak. Nomor Anda akan tampil di layar.",
            "The printer cannot print at the moment. Your number will be shown on the screen.",
        ),
        # without the server
        "aloneNotice": Words(
            "Jaringan terputus. Nomor tetap dapat diambil; pemanggilan dilanjutkan setelah jaringan pulih.",
            "The network is down. You can still take a number; calling resumes when the network is back.",
        ),
        "aloneNumber": Words(
            "Nomor Anda sah. Pemanggilan dilanjutkan setelah jaringan pulih.",
            "Your number is valid. Calling resumes when the network is back.",
        ),
        "aloneOneService": Words(
            "Tanpa jaringan satu nomor hanya untuk satu layanan; layanan lain ditambahkan petugas di loket.",
            "Without the network a number is for one service only; staff add the others at the counter.",
        ),
        "aloneLeftOut": Words(
            "Nomor ini untuk {service} saja. Mintalah petugas menambahkan: {names}.",
            "This number is for {service} only. Ask the officer to add: {names}.",
        ),
        "numbersHere": Words("Nomor tersedia", "Numbers available"),
        "noNumbersHere": Words("Nomor habis", "No numbers left"),
        # idle, in both languages at once
        "welcome": Words("Selamat datang", "Welcome"),
        "touchToBegin": Words("Sentuh bahasa Anda untuk mulai", "Touch your language to begin"),
        "languageName": Words("Bahasa Indonesia", "English"),
        "begin": Words("Ambil nomor antrean", "Take a queue number"),
        "look": Words("Lihat layanan", "See the services"),
        "closedHint": Words(
            "Saat ini tutup. Anda tetap dapat membaca persyaratan layanan.",
            "Closed now. You can still read what each service requires.",
        ),
        "openUntil": Words("Buka sampai pukul {time}", "Open until {time}"),
        "openNow": Words("Sedang buka", "Open now"),
        # choosing
        "whichAgency": Words("Anda ingin ke instansi mana?", "Which agency would you like to visit?"),
        "whichService": Words("Apa keperluan Anda?", "What do you need?"),
        "whatDoYouNeed": Words("Cari layanan", "Find a service"),
        "mostWanted": Words("Paling banyak dicari saat ini", "Most wanted right now"),
        "nothingFound": Words("Tidak ada layanan yang cocok", "No service matches"),
        "nothingFoundHint": Words(
            "Coba kata lain, atau tanyakan kepada petugas.", "Try another word, or ask one of our staff."
        ),
        "space": Words("Spasi", "Space"),
        "clear": Words("Hapus", "Clear"),
        "waiting": Words("{count} menunggu", "{count} waiting"),
        "nobodyWaiting": Words("Tanpa antrean", "No line"),
        "noCounterYet": Words("Loket belum buka", "No counter open yet"),
        "quotaReached": Words("Kuota hari ini habis", "Today's quota is used up"),
        "closed": Words("Tutup", "Closed"),
        # reading a service
        "requirements": Words("Siapkan", "Please have ready"),
        "noRequirements": Words("Tidak ada persyaratan khusus.", "Nothing special is required."),
        "moreRequirements": Words("dan {count} lainnya: tanyakan kepada petugas", "and {count} more: ask our staff"),
        "fee": Words("Biaya", "Fee"),
        "standardTime": Words("Lama layanan", "Service time"),
        "ahead": Words("Di depan Anda", "Ahead of you"),
        "estimate": Words("Perkiraan tunggu", "Estimated wait"),
        "people": Words("{count} orang", "{count} people"),
        "onePerson": Words("1 orang", "1 person"),
        "nobody": Words("Tidak ada", "Nobody"),
        "minutes": Words("{low}–{high} menit", "{low}–{high} minutes"),
        "aboutMinutes": Words("± {count} menit", "about {count} min"),
        "rarelyOver": Words("Jarang di atas {count} menit", "Rarely over {count} minutes"),
        "lessThan": Words("Kurang dari {count} menit", "Under {count} minutes"),
        "unknownWait": Words("Belum diketahui", "Not known yet"),
        "needPriority": Words("Apakah Anda perlu didahulukan?", "Do you need priority?"),
        "whoHasPriority": Words(
            "Lansia 60+, ibu hamil, membawa bayi, penyandang disabilitas, atau kebutuhan lain",
            "Aged 60+, pregnant, with an infant, with a disability, or another need",
        ),
        "addAnother": Words("Tambah layanan lain", "Add another service"),
        "takeSeveral": Words("Tidak, ambil 1 nomor untuk {count} layanan", "No, 1 number for {count} services"),
        "severalWithoutPaper": Words("Tidak, tampilkan nomor ({count} layanan)", "No, show number ({count} services)"),
        "basket": Words("Sudah dipilih: {names}", "Chosen: {names}"),
        "basketGo": Words("Lanjut", "Continue"),
        "severalServices": Words("{count} layanan, satu nomor", "{count} services, one number"),
        "stopLater": Words("setelah layanan sebelumnya", "after the one before"),
        "takeNumber": Words("Tidak, ambil nomor", "No, take a number"),
        "yesPriority": Words("Ya, saya perlu didahulukan", "Yes, I need priority"),
        "whichNeed": Words("Mengapa Anda perlu didahulukan?", "Why do you need priority?"),
        "whichNeedHint": Words(
            "Sentuh satu pilihan. Anda tidak perlu menunjukkan bukti di sini.",
            "Touch one. No proof is needed here.",
        ),
        # making a number
        "issuing": Words("Sebentar, nomor Anda sedang dibuat", "One moment, making your number"),
        "issuingHint": Words("Mohon tunggu di depan layar.", "Please stay at the screen."),
        "printing": Words("Nomor Anda sedang dicetak", "Printing your number"),
        "printingHint": Words("Kertas keluar di bawah layar.", "The paper comes out below the screen."),
        "yourNumber": Words("Nomor antrean Anda", "Your queue number"),
        "takePaper": Words("Ambil kertas Anda di bawah", "Take your paper below"),
        "takePaperUnsure": Words(
            "Ambil kertas Anda di bawah. Tidak ada kertas? Foto layar ini.",
            "Take your paper below. No paper? Photograph this screen.",
        ),
        "numberIsValid": Words("Nomor Anda tetap berlaku.", "Your number is valid all the same."),
        "paperIsSlow": Words("Kertas belum keluar", "The paper is not out yet"),
        "takeWithoutPaper": Words("Tidak, ambil nomor tanpa kertas", "No, take a number without paper"),
        "photograph": Words("Foto layar ini, atau ingat nomor Anda", "Photograph this screen, or remember your number"),
        "scanToFollow": Words("Pindai untuk memantau antrean dari ponsel", "Scan to follow the line on your phone"),
        # leaving
        "stillThere": Words("Masih di sana?", "Are you still there?"),
        "stillThereHint": Words("Sentuh layar untuk melanjutkan.", "Touch the screen to continue."),
        "continue": Words("Ya, lanjutkan", "Yes, continue"),
        # faults
        "offlineTitle": Words("Kiosk sedang tidak terhubung", "This kiosk is not connected"),
        "offlineHint": Words(
            "Silakan minta bantuan petugas. Layar ini kembali dengan sendirinya.",
            "Please ask our staff for help. This screen comes back by itself.",
        ),
        "startingTitle": Words("Kiosk sedang dimulai", "The kiosk is starting"),
        "startingHint": Words("Mohon tunggu sebentar.", "One moment, please."),
        "noAnswerTitle": Words("Nomor belum dibuat", "No number was made"),
        "noAnswerHint": Words(
            "Server tidak menjawab. Silakan coba lagi atau minta bantuan petugas.",
            "The server did not answer. Please try again or ask our staff.",
        ),
        "comingBack": Words("Mencari nomor Anda", "Looking for your number"),
        "comingBackHint": Words("Sebentar, ya.", "One moment, please."),
        "backInLine": Words("{ticket} kembali ke antrean", "{ticket} is back in line"),
        # too late for today
        "otherDaysTitle": Words("Mungkin tidak terpanggil hari ini", "You may not be called today"),
        "lateClosing": Words(
            "Dengan loket yang buka sekarang, giliran Anda kira-kira baru tiba setelah tutup pukul {time}.",
            "With the counters that are open now, your turn would probably come after closing at {time}.",
        ),
        "lateCapacity": Words(
            "Yang menunggu sudah sebanyak yang dapat dilayani sampai tutup pukul {time}.",
            "As many people are waiting as can be served before closing at {time}.",
        ),
        "noneLeftTitle": Words("Nomor hari ini sudah habis", "No numbers left today"),
        "noneLeft": Words(
            "Semua nomor layanan ini untuk hari ini sudah diambil.",
            "All of today's numbers for this service have been taken.",
        ),
        "opensAgain": Words("Buka lagi", "Opens again"),
        "opensUnknown": Words(
            "Jadwal berikutnya belum diketahui. Silakan tanyakan kepada petugas.",
            "The next opening is not known yet. Please ask our staff.",
        ),
        "tomorrow": Words("Besok, {day}", "Tomorrow, {day}"),
        "bookTime": Words("Pesan waktu dari ponsel Anda", "Book a time on your phone"),
        "comeAnotherDay": Words("Saya datang di hari lain", "I will come another day"),
        "takeAllTheSame": Words("Tetap ambil nomor hari ini", "Take a number for today anyway"),
        "otherDays": Words("Lihat hari lain", "See other days"),
        "perhapsAfterClosing": Words("Mungkin setelah tutup {time}", "Perhaps after closing at {time}"),
        "backAhead": Words("{people} di depan Anda · {minutes}", "{people} ahead of you · {minutes}"),
        "backNext": Words("Anda berikutnya. Tetaplah dekat loket.", "You are next. Please stay near the counters."),
        "notBackTitle": Words("Belum dapat kembali ke antrean", "Not back in line"),
        # with a booking
        "haveBooking": Words("Saya sudah memesan", "I have a booking"),
        "bookingTitle": Words("Kode pemesanan Anda", "The code of your booking"),
        "bookingHint": Words(
            "Tunjukkan kode QR ke pemindai, atau ketik enam huruf kodenya.",
            "Hold the QR code before the scanner, or type the six letters of the code.",
        ),
        "bookingHere": Words("Kode pemesanan sudah dibaca", "The code of your booking is here"),
        "bookingEnter": Words("Masuk antrean", "Join the queue"),
        "checkingIn": Words("Mencari pemesanan Anda", "Looking for your booking"),
        "checkingInHint": Words("Sebentar, ya.", "One moment."),
        "notCheckedIn": Words("Pemesanan belum dapat dipakai", "The booking cannot be used now"),
        "bookingNeedsServer": Words(
            "Jaringan terputus, jadi pemesanan tidak dapat dibaca. Ambillah nomor biasa, atau coba lagi nanti.",
            "The network is down, so bookings cannot be read. You can take an ordinary number, or try again later.",
        ),
        "bookingWalkIn": Words("Ambil nomor tanpa pemesanan", "Take a number without a booking"),
        "refusedTitle": Words("Nomor belum dapat dibuat", "A number cannot be made now"),
        "cooldownTitle": Words("Sebentar, ya", "One moment"),
        "cooldownHint": Words(
            "Nomor untuk layanan ini baru saja diambil. Nomor berikutnya dapat diambil sesaat lagi.",
            "A number for this service was taken just now. The next one can be taken in a moment.",
        ),
        "againTitle": Words("Apakah {number} nomor Anda?", "Is {number} your number?"),
        "againHint": Words(
            "Nomor ini baru saja diambil di sini untuk {service}.", "It was taken here just now, for {service}."
        ),
        "againPrint": Words("Ya, cetak lagi {number}", "Yes, print {number} again"),
        "againShow": Words("Ya, tampilkan {number}", "Yes, show {number}"),
        "againAnother": Words("Bukan, saya perlu nomor sendiri", "No, I need a number of my own"),
        "pairingTitle": Words("Kiosk ini belum dikenal", "This kiosk is not known yet"),
        "pairingHint": Words(
            "Administrator menyetujui kode ini di server: loket-server devices approve {code} --name …",
            "An administrator approves this code on the server: loket-server devices approve {code} --name …",
        ),
        "turnedAwayTitle": Words("Kiosk ini belum siap", "This kiosk is not ready"),
        # staff
        "staffTitle": Words("Petugas", "Staff"),
        "staffPin": Words("Masukkan PIN petugas", "Enter the staff PIN"),
        "staffPinWrong": Words("PIN salah", "Wrong PIN"),
        "staffPinWait": Words("Tunggu {count} detik", "Wait {count} seconds"),
        "enter": Words("Masuk", "Enter"),
        "lastNumbers": Words("Nomor terakhir", "Last numbers"),
        "noNumbersYet": Words("Belum ada nomor dari kiosk ini.", "No numbers from this kiosk yet."),
        "printAgain": Words("Cetak ulang", "Print again"),
        "copies": Words("salinan {count}", "copy {count}"),
        "printed": Words("tercetak", "printed"),
        "printFailed": Words("tidak tercetak", "not printed"),
        "printUnknown": Words("tidak pasti", "not certain"),
        "printPending": Words("sedang dicetak", "printing"),
        "printer": Words("Printer", "Printer"),
        "printerGood": Words("Siap", "Ready"),
        "printerCannotConfirm": Words(
            "model ini tidak dapat memastikan cetakan", "this model cannot confirm its slips"
        ),
        "leaveFullScreen": Words("Tampilkan desktop", "Show the desktop"),
        "endProgram": Words("Tutup program", "Close the program"),
        # times
        "opensToday": Words("Buka pukul {time}", "Opens at {time}"),
        "opensTomorrow": Words("Buka besok pukul {time}", "Opens tomorrow, {time}"),
        "opensOn": Words("Buka {day} pukul {time}", "Opens {day} at {time}"),
    }
)

NEEDS: Mapping[Need, tuple[Words, Words]] = MappingProxyType(
    {
        Need.ELDERLY: (Words("Lansia", "Elderly"), Words("Usia 60 tahun ke atas", "Aged 60 or over")),
        Need.PREGNANT: (Words("Ibu hamil", "Pregnant"), Words("Sedang mengandung", "Expecting a child")),
        Need.INFANT: (Words("Membawa bayi", "With an infant"), Words("Bayi atau anak balita", "A baby or small child")),
        Need.DISABILITY: (
            Words("Penyandang disabilitas", "With a disability"),
            Words("Yang terlihat maupun yang tidak", "Visible or not"),
        ),
        Need.WHEELCHAIR: (
            Words("Kursi roda", "Wheelchair"),
            Words("Loket yang dapat dicapai kursi roda", "A counter that a wheelchair reaches"),
        ),
        Need.DEAF: (
            Words("Tuli", "Deaf"),
            Words("Petugas yang berbahasa isyarat atau menulis", "An officer who signs or writes"),
        ),
        Need.COMPANION: (
            Words("Perlu pendamping", "With a companion"),
            Words("Datang bersama pendamping, atau perlu diantar", "Somebody comes along, or should"),
        ),
        Need.OTHER: (
            Words("Kebutuhan lain", "Another need"),
            Words("Misalnya sedang sakit; petugas akan membantu", "For example, being ill; our staff will help"),
        ),
    }
)

PRINTER: Mapping[PrinterFault, Words] = MappingProxyType(
    {
        PrinterFault.PAPER_OUT: Words("Kertas printer habis", "The printer is out of paper"),
        PrinterFault.COVER_OPEN: Words("Penutup printer terbuka", "The printer's cover is open"),
        PrinterFault.OFFLINE: Words("Printer tidak terhubung", "The printer is not connected"),
        PrinterFault.SILENT: Words("Printer tidak menjawab", "The printer does not answer"),
        PrinterFault.CUTTER: Words("Pemotong kertas macet", "The paper cutter is jammed"),
        PrinterFault.ERROR: Words("Printer mengalami gangguan", "The printer has a fault"),
    }
)

_ASK_STAFF = Words("Silakan minta bantuan petugas.", "Please ask our staff for help.")

REFUSALS: Mapping[ErrorCode, Words] = MappingProxyType(
    {
        ErrorCode.SERVICE_CLOSED: Words("Layanan ini sedang tutup.", "This service is closed now."),
        ErrorCode.SERVICE_REMOVED: Words(
            "Layanan ini tidak tersedia lagi di sini.", "This service is no longer offered here."
        ),
        ErrorCode.UNKNOWN_SERVICE: Words(
            "Layanan ini tidak tersedia lagi di sini.", "This service is no longer offered here."
        ),
        ErrorCode.QUOTA_REACHED: Words(
            "Kuota layanan ini untuk hari ini sudah habis.", "Today's quota of this service is used up."
        ),
        ErrorCode.ALREADY_CHOSEN: Words("Layanan itu sudah dipilih.", "That service is chosen already."),
        ErrorCode.TOO_MANY_STOPS: Words(
            "Terlalu banyak layanan untuk satu nomor.", "Too many services for one number."
        ),
        ErrorCode.COOLDOWN: Words(
            "Nomor untuk layanan ini baru saja diambil.", "A number for this service was taken just now."
        ),
        ErrorCode.STORAGE_UNAVAILABLE: Words(
            "Server sedang tidak dapat menyimpan nomor. Silakan coba lagi atau minta bantuan petugas.",
            "The server cannot store numbers at the moment. Please try again or ask our staff.",
        ),
        ErrorCode.CLOCK_BEHIND: Words(
            "Jam server perlu diperiksa. Silakan minta bantuan petugas.",
            "The server's clock needs attention. Please ask our staff for help.",
        ),
        ErrorCode.OVERLOADED: Words(
            "Server sedang sibuk. Silakan coba lagi sebentar lagi.", "The server is busy. Please try again in a moment."
        ),
        ErrorCode.TOO_MANY: Words(
            "Terlalu banyak sentuhan. Silakan coba lagi sebentar lagi.",
            "Too many touches. Please try again in a moment.",
        ),
        ErrorCode.WITHDRAWN: Words(
            "Permintaan ini sudah dibatalkan. Silakan coba lagi.", "This request was withdrawn. Please try again."
        ),
        ErrorCode.FORBIDDEN: Words(
            "Kiosk ini tidak boleh mengeluarkan nomor. Silakan minta bantuan petugas.",
            "This kiosk may not give numbers. Please ask our staff for help.",
        ),
        ErrorCode.REQUEST_REUSED: _ASK_STAFF,
        ErrorCode.MALFORMED: _ASK_STAFF,
        ErrorCode.TOO_LARGE: _ASK_STAFF,
        ErrorCode.CLIENT_TOO_OLD: Words(
            "Program kiosk ini perlu diperbarui. Silakan minta bantuan petugas.",
            "This kiosk's program needs an update. Please ask our staff for help.",
        ),
        ErrorCode.SERVER_TOO_OLD: Words(
            "Program server perlu diperbarui. Silakan minta bantuan petugas.",
            "The server's program needs an update. Please ask our staff for help.",
        ),
        ErrorCode.NOT_INTRODUCED: Words(
            "Kiosk ini belum dikenal server. Silakan minta bantuan petugas.",
            "The server does not know this kiosk yet. Please ask our staff for help.",
        ),
        ErrorCode.CERTIFICATE_EXPIRED: Words(
            "Sertifikat server kedaluwarsa, atau jam kiosk ini salah. Silakan minta bantuan petugas.",
            "The server's certificate has expired, or this kiosk's clock is wrong. Please ask our staff for help.",
        ),
        ErrorCode.CERTIFICATE_UNKNOWN: Words(
            "Sertifikat server tidak dikenal kiosk ini. Silakan minta bantuan petugas.",
            "This kiosk does not know the server's certificate. Please ask our staff for help.",
        ),
        ErrorCode.REVOKED: Words(
            "Izin kiosk ini sudah dicabut. Silakan minta bantuan petugas.",
            "This kiosk's permission was revoked. Please ask our staff for help.",
        ),
        ErrorCode.TAKEN_OVER: Words(
            "Kiosk lain memakai identitas yang sama. Silakan minta bantuan petugas.",
            "Another kiosk uses the same identity. Please ask our staff for help.",
        ),
    }
)


def say(key: str, language: Language, **facts: object) -> str:
    return WORDS[key].in_(language).format(**facts)


NOT_BACK: Mapping[ErrorCode | None, Words] = MappingProxyType(
    {
        None: Words(
            "Server sedang tidak terhubung. Silakan tanyakan kepada petugas.",
            "The server is away. Please ask our staff.",
        ),
        ErrorCode.WRONG_STATE: Words(
            "Nomor ini tidak terlewat: masih menunggu, sedang dilayani, atau sudah selesai.",
            "This number was not missed: it waits, is being served, or is finished.",
        ),
        ErrorCode.USED_UP: Words(
            "Kesempatan kembali sudah dipakai. Silakan tanyakan kepada petugas.",
            "You have come back before. Please ask our staff.",
        ),
        ErrorCode.UNKNOWN_VISIT: Words("Kode ini bukan nomor antrean hari ini.", "This code is not a number of today."),
    }
)
"""Why a missed visitor is not back in line."""


CHECK_IN_REFUSALS: Mapping[ErrorCode, Words] = MappingProxyType(
    {
        ErrorCode.UNKNOWN_BOOKING: Words(
            "Kode ini tidak dikenal. Periksa hurufnya, lalu ketik lagi.",
            "This code is not known. Check its letters and type it again.",
        ),
        ErrorCode.BOOKING_USED: Words(
            "Pemesanan ini sudah dipakai. Nomor: {ticket}", "This booking has been used. Number: {ticket}"
        ),
        ErrorCode.BOOKING_OVER: Words(
            "Pemesanan ini sudah dibatalkan atau berakhir.", "This booking was cancelled or is over."
        ),
        ErrorCode.TOO_EARLY: Words(
            "Anda datang lebih awal. Kembalilah ke mesin ini mulai pukul {time}.",
            "You are early. Please come back to this kiosk from {time} on.",
        ),
        ErrorCode.SERVICE_CLOSED: Words(
            "Layanan ini tutup. Halaman pemesanan Anda menawarkan waktu lain; kodenya tetap sama.",
            "This service is closed. The page of your booking offers other times; its code stays the same.",
        ),
        ErrorCode.WRONG_DAY: Words("Pemesanan ini untuk {day}.", "This booking is for {day}."),
        ErrorCode.COOLDOWN: Words(
            "Terlalu banyak kode yang salah. Tunggu sebentar.", "Too many wrong codes. Please wait a moment."
        ),
    }
)
"""Why a booking does not become a number now."""


def not_back(code: ErrorCode | None, language: Language) -> str:
    return NOT_BACK[code].in_(language) if code in NOT_BACK else refusal(code or ErrorCode.OVERLOADED, language)


def refusal(code: ErrorCode, language: Language) -> str:
    return REFUSALS.get(code, _ASK_STAFF).in_(language)


@cache
def table(language: Language) -> Mapping[str, str]:
    """All words of a language, for QML."""
    return MappingProxyType({key: words.in_(language) for key, words in WORDS.items()})
