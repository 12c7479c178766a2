"""Every sentence of the counter program, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from counter.keys import BINDINGS
from shared.vocabulary import ErrorCode, Language, Words

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        # buttons and the help page
        "callNext": Words("Panggil berikutnya", "Call next"),
        "finishAndCall": Words("Selesai, panggil berikutnya", "Finish, call next"),
        "recall": Words("Ulangi panggilan", "Recall"),
        "serve": Words("Layani", "Serve"),
        "finish": Words("Selesai", "Finish"),
        "missed": Words("Tidak hadir", "Missed"),
        "park": Words("Tunda", "Park"),
        "transfer": Words("Alihkan", "Transfer"),
        "addStop": Words("Tambah layanan", "Add service"),
        "callTicket": Words("Panggil nomor", "Call number"),
        "aside": Words("Disisihkan", "Set aside"),
        "cancel": Words("Batalkan", "Cancel"),
        "open": Words("Buka loket", "Open counter"),
        "pause": Words("Jeda", "Pause"),
        "announcePause": Words("Jeda nanti", "Pause later"),
        "close": Words("Tutup loket", "Close counter"),
        "signOut": Words("Keluar", "Sign out"),
        "help": Words("Bantuan", "Help"),
        "language": Words("English", "Bahasa Indonesia"),
        "keySpace": Words("Spasi", "Space"),
        "keyReturn": Words("Enter", "Enter"),
        "keyEscape": Words("Esc", "Esc"),
        # signing in
        "program": Words("Loket", "Loket"),
        "signInTitle": Words("Masuk ke loket", "Sign in at a counter"),
        "signInLead": Words(
            "Pilih loket dan nama Anda, lalu ketik PIN.", "Choose the counter and your name, then type your PIN."
        ),
        "fieldCounter": Words("Loket", "Counter"),
        "fieldOfficer": Words("Petugas", "Officer"),
        "fieldPin": Words("PIN", "PIN"),
        "typeCounter": Words("Ketik nomor loket", "Type the counter's number"),
        "typeOfficer": Words("Ketik nama Anda", "Type your name"),
        "typePin": Words("Ketik PIN Anda, 4 sampai 12 angka", "Type your PIN, 4 to 12 digits"),
        "signInKeys": Words(
            "↑ ↓ memilih  ·  Enter lanjut  ·  Esc kembali", "↑ ↓ choose  ·  Enter continue  ·  Esc back"
        ),
        "signInKeysPin": Words("Enter masuk  ·  Esc kembali", "Enter sign in  ·  Esc back"),
        "noMatch": Words("Tidak ada yang cocok", "Nothing matches"),
        "counterFree": Words("kosong", "free"),
        "counterTakenBy": Words("dipakai {name}", "used by {name}"),
        "signingIn": Words("Memeriksa…", "Checking…"),
        "takeOverTitle": Words("Loket {number} sedang dipakai", "Counter {number} is in use"),
        "takeOverBody": Words(
            "{name} masih masuk di loket ini. Jika Anda mengambil alih, {name} dikeluarkan dari loket.",
            "{name} is still signed in here. If you take over, {name} is signed out of the counter.",
        ),
        "takeOver": Words("Ambil alih", "Take over"),
        "dontTakeOver": Words("Jangan, kembali", "No, go back"),
        "someone": Words("Petugas lain", "Another officer"),
        "takenOverTitle": Words("Loket {number} diambil alih", "Counter {number} was taken over"),
        "takenOverBody": Words(
            "{name} masuk di loket ini. Anda sudah dikeluarkan; tidak ada nomor yang hilang.",
            "{name} signed in at this counter. You were signed out; no number was lost.",
        ),
        "movedTitle": Words("Anda pindah ke loket {there}", "You moved to counter {there}"),
        "movedBody": Words(
            "Nama Anda baru saja masuk di loket {there}, jadi loket {number} ditutup. Bukan Anda? Beri tahu pengawas.",
            "Your name has just signed in at counter {there}, so counter {number} was closed. "
            "Not you? Tell the supervisor.",
        ),
        "takenOverAgain": Words("Masuk lagi", "Sign in again"),
        # header
        "counterNumber": Words("Loket {number}", "Counter {number}"),
        "stateOpen": Words("Buka", "Open"),
        "stateClosed": Words("Tutup", "Closed"),
        "statePaused": Words("Jeda: {reason}", "Paused: {reason}"),
        "sinceTime": Words("sejak {time}", "since {time}"),
        "sinceUntil": Words("{since} – {until}", "{since} – {until}"),
        "sinceNextPause": Words("sejak {time}  ·  jeda {next}", "since {time}  ·  pause {next}"),
        "connected": Words("Terhubung", "Connected"),
        "connecting": Words("Menghubungkan…", "Connecting…"),
        "disconnected": Words("Terputus", "Disconnected"),
        "servedToday": Words("{count} dilayani hari ini", "{count} served today"),
        "lostBanner": Words(
            "Server tidak terhubung sejak {time}. Daftar di bawah adalah yang terakhir diketahui. Menyambung sendiri…",
            "No server since {time}. The list below is the last one known. Reconnecting by itself…",
        ),
        "neverConnected": Words(
            "Server belum terhubung. Program ini mencoba terus.",
            "The server is not connected yet. This program keeps trying.",
        ),
        "resigning": Words("Tersambung lagi, sedang masuk kembali…", "Connected again, signing in again…"),
        # the hand
        "stateCalled": Words("DIPANGGIL", "CALLED"),
        "stateServing": Words("DILAYANI", "SERVING"),
        "calledTimes": Words("Dipanggil {count}×", "Called {count}×"),
        "arrived": Words("Datang {time}, menunggu {minutes} mnt", "Arrived {time}, waited {minutes} min"),
        "note": Words("Catatan: {note}", "Note: {note}"),
        # why this one
        "whyNext": Words("Paling lama menunggu menurut urutan.", "Next in the order."),
        "whyHeadStart": Words(
            "Prioritas: dihitung {minutes} menit lebih awal.", "Priority: counts {minutes} min earlier."
        ),
        "whyStrict": Words("Prioritas: selalu didahulukan.", "Priority: always first."),
        "whyHelping": Words(
            "Membantu layanan lain ({minutes} menit lebih lama).", "Helping out ({minutes} min longer)."
        ),
        "booked": Words("Pesanan {time}", "Booked {time}"),
        "whyBooked": Words("Dihitung sejak waktu pesanan, {time}.", "Counts from the time booked, {time}."),
        "whyByTicket": Words("Dipilih petugas.", "Chosen by an officer."),
        "whyByTicketFor": Words("Dipilih petugas: {reason}.", "Chosen by an officer: {reason}."),
        "whyPassed": Words("Melewati {tickets}: {reasons}.", "Passed over {tickets}: {reasons}."),
        "passed_head_start": Words("{count} datang lebih dulu", "{count} came earlier"),
        "passed_booked": Words("{count} datang sebelum pemesan", "{count} came before who had booked"),
        "passed_other_counter": Words("{count} untuk loket lain", "{count} for another counter"),
        "passed_needs": Words("{count} perlu loket khusus", "{count} need what is not here"),
        "passed_elsewhere": Words("{count} sedang di loket lain", "{count} at another counter now"),
        "passed_own_first": Words("{count} bukan layanan loket ini", "{count} of other services"),
        "passed_by_ticket": Words("{count} di depannya", "{count} stood before"),
        "handEmpty": Words("Tidak ada yang dipanggil", "Nobody is called"),
        "handNext": Words("Berikutnya {ticket}", "Next is {ticket}"),
        "handHelping": Words("{count} menunggu layanan lain", "{count} wait for other services"),
        "handNobody": Words("Belum ada yang menunggu", "Nobody is waiting"),
        "handClosed": Words("Loket belum dibuka", "The counter is not open"),
        "handClosedHint": Words("Tekan {key} untuk membuka loket.", "Press {key} to open the counter."),
        "handPaused": Words("Loket sedang jeda", "The counter is paused"),
        "handPausedHint": Words("Tekan {key} untuk membuka kembali.", "Press {key} to open again."),
        "handCallHint": Words("Tekan {key} untuk memanggil.", "Press {key} to call."),
        "languageId": Words("Bahasa Indonesia", "Indonesian"),
        "languageEn": Words("Bahasa Inggris", "English"),
        "priority": Words("Prioritas", "Priority"),
        "need_elderly": Words("Lansia", "Elderly"),
        "need_pregnant": Words("Hamil", "Pregnant"),
        "need_infant": Words("Membawa bayi", "With an infant"),
        "need_disability": Words("Disabilitas", "Disability"),
        "need_wheelchair": Words("Kursi roda", "Wheelchair"),
        "need_deaf": Words("Tuli", "Deaf"),
        "need_companion": Words("Pendamping", "Companion"),
        "need_other": Words("Kebutuhan lain", "Other need"),
        "receipts": Words("Layar", "Displays"),
        "receiptShown": Words("tampil +{seconds} d", "shown +{seconds} s"),
        "receiptSpoken": Words("bicara +{seconds} d", "spoken +{seconds} s"),
        "receiptMute": Words("tanpa suara", "no voice"),
        "receiptPending": Words("{display} belum menampilkan", "{display} has not shown it"),
        # the lists
        "waitingTitle": Words("Menunggu", "Waiting"),
        "alertsMore": Words("dan {count} lagi", "and {count} more"),
        "waitingScroll": Words("↑ ↓ menggulir", "↑ ↓ scroll"),
        "waitingMore": Words(
            "↑ ↓ menggulir  ·  {listed} yang pertama dari {count}", "↑ ↓ scroll  ·  the first {listed} of {count}"
        ),
        "waitingNone": Words("Tidak ada yang menunggu untuk loket ini.", "Nobody is waiting for this counter."),
        "minutesShort": Words("{minutes} mnt", "{minutes} min"),
        "nextMark": Words("berikutnya", "next"),
        "blocked_elsewhere": Words("sedang di loket lain", "at another counter now"),
        "blocked_other_counter": Words("hanya untuk loket lain", "for another counter only"),
        "blocked_needs": Words("perlu loket khusus", "needs another counter"),
        "blocked_unknown": Words("belum dapat dipanggil", "cannot be called now"),
        "asideTitle": Words("Disisihkan", "Set aside"),
        "asideNone": Words("Tidak ada yang ditunda atau tidak hadir.", "Nobody is parked or missed."),
        "asideParked": Words("Ditunda {time}", "Parked {time}"),
        "asideMissed": Words("Tidak hadir {time}", "Missed {time}"),
        # questions
        "menuKeys": Words("↑ ↓ memilih  ·  Enter ya  ·  Esc batal", "↑ ↓ choose  ·  Enter yes  ·  Esc back"),
        "menuKeysDigits": Words(
            "Tekan angkanya, atau ↑ ↓ dan Enter  ·  Esc batal", "Press the digit, or ↑ ↓ and Enter  ·  Esc back"
        ),
        "menuKeysPapers": Words(
            "Angka menandai berkas  ·  Enter selesai  ·  Esc kembali",
            "Digits mark papers  ·  Enter finishes  ·  Esc back",
        ),
        "menuKeysType": Words(
            "Ketik untuk mencari  ·  ↑ ↓ memilih  ·  Enter ya  ·  Esc batal",
            "Type to search  ·  ↑ ↓ choose  ·  Enter yes  ·  Esc back",
        ),
        "menuKeysNote": Words("Enter menunda  ·  Esc batal", "Enter parks  ·  Esc back"),
        "menuKeysConfirm": Words("Enter ya  ·  Esc tidak", "Enter yes  ·  Esc no"),
        "menuKeysHelp": Words("Esc menutup", "Esc closes"),
        "typeTicket": Words("Ketik nomornya", "Type the number"),
        "typeSearch": Words("Ketik untuk mencari", "Type to search"),
        "typeNote": Words("Misalnya: menunggu fotokopi", "For example: waits for a photocopy"),
        "askOutcome": Words("Bagaimana pelayanan {ticket} berakhir?", "How did {ticket} end?"),
        "askPapers": Words("Berkas mana yang belum lengkap?", "Which papers are missing?"),
        "papersDone": Words("Selesai: {count} berkas kurang", "Finish: {count} missing"),
        "papersUnsaid": Words("Selesai tanpa menandai", "Finish without marking any"),
        "askPause": Words("Mengapa loket dijeda?", "Why is the counter paused?"),
        "askNextPause": Words("Jeda apa yang direncanakan?", "Which pause lies ahead?"),
        "askNextPauseHint": Words(
            "Perkiraan waktu langsung memperhitungkannya. Jeda tidak mulai sendiri: tekan {key_pause} pada waktunya.",
            "Waiting times count with it at once. It does not begin by itself: press {key_pause} when it is time.",
        ),
        "askPauseStarts": Words("Kapan jeda dimulai?", "When does the pause begin?"),
        "askPauseLasts": Words("Berapa lama jedanya?", "How long does the pause last?"),
        "inMinutes": Words("{count} menit lagi", "in {count} minutes"),
        "forMinutes": Words("{count} menit", "{count} minutes"),
        "callOffPause": Words("Batalkan jeda yang direncanakan", "Call the announced pause off"),
        "announcedPause": Words("{reason}, pukul {time}, {count} menit", "{reason}, at {time}, {count} minutes"),
        "askNote": Words("Tunda {ticket}: catatan untuk Anda sendiri", "Park {ticket}: a note for yourself"),
        "askNoteHint": Words(
            "Boleh kosong. Jangan tulis nama atau NIK.", "May stay empty. Write no name or identity number."
        ),
        "askTransfer": Words("Alihkan {ticket} ke layanan apa?", "Transfer {ticket} to which service?"),
        "askAddStop": Words("Tambahkan layanan apa pada {ticket}?", "Add which service to {ticket}?"),
        "stopThere": Words("sudah pada nomor ini", "on this number already"),
        "pathNext": Words("Berikutnya: {names}", "Next: {names}"),
        "pathDone": Words("Sudah selesai: {names}", "Done: {names}"),
        "alsoWaits": Words("Juga menunggu: {names}", "Also waits for: {names}"),
        "askTransferCounter": Words(
            "Alihkan {ticket} ke {service}: loket mana?", "Transfer {ticket} to {service}: which counter?"
        ),
        "anyCounter": Words("Loket mana saja", "Any counter"),
        "anyCounterHint": Words("yang lebih dulu memanggil", "whichever calls first"),
        "noCounterNow": Words("belum ada loket yang buka", "no counter is open now"),
        "alreadyHere": Words("sudah di sini", "here already"),
        "countersNow": Words("loket {numbers}", "counter {numbers}"),
        "askCallTicket": Words("Panggil nomor yang mana?", "Call which number?"),
        "askCallReason": Words("Mengapa {ticket} dipanggil di luar urutan?", "Why is {ticket} called out of order?"),
        "askCancel": Words("Batalkan nomor yang mana?", "Cancel which number?"),
        "askCancelReason": Words(
            "Batalkan {ticket}? Pilih alasannya; ini tidak dapat diurungkan.",
            "Cancel {ticket}? Choose the reason; this cannot be undone.",
        ),
        "askAside": Words("Ambil nomor yang mana?", "Take which number?"),
        "resumeDetail": Words("layani lagi", "take in hand again"),
        "returnDetail": Words("kembalikan ke antrean", "put back into the line"),
        "resumeLater": Words("selesaikan dulu yang di tangan", "finish the one in hand first"),
        "askSignOut": Words("Keluar dari loket {number}?", "Sign out of counter {number}?"),
        "askSignOutHint": Words("Loket ditutup dan tidak memanggil lagi.", "The counter closes and calls no more."),
        "askClose": Words("Tutup loket {number}?", "Close counter {number}?"),
        "askCloseHint": Words(
            "Yang menunggu tetap dalam antrean. {key_open} membuka kembali.",
            "Those who wait stay in line. {key_open} opens it again.",
        ),
        "helpTitle": Words("Tombol", "Keys"),
        "helpHint": Words(
            "Setiap tombol sama sepanjang hari. Tetikus tidak diperlukan.",
            "Each key is the same all day. No mouse is needed.",
        ),
        "outcome_solved": Words("Selesai", "Solved"),
        "outcome_papers_incomplete": Words("Berkas belum lengkap", "Papers incomplete"),
        "outcome_referred": Words("Dirujuk ke tempat lain", "Referred elsewhere"),
        "outcome_not_entitled": Words("Tidak berhak", "Not entitled"),
        "pause_rest": Words("Istirahat", "Rest"),
        "pause_prayer": Words("Ibadah", "Prayer"),
        "pause_meal": Words("Makan", "Meal"),
        "pause_meeting": Words("Rapat", "Meeting"),
        "pause_equipment": Words("Gangguan alat", "Equipment trouble"),
        "pause_other": Words("Lainnya", "Other"),
        "call_urgent_need": Words("Kebutuhan mendesak", "Urgent need"),
        "call_papers_brought": Words("Kembali dengan berkas lengkap", "Came back with the papers"),
        "call_officers_mistake": Words("Kekeliruan petugas", "Officer's mistake"),
        "call_supervisor": Words("Arahan pengawas", "Supervisor's order"),
        "call_other": Words("Lainnya", "Other"),
        "cancel_by_visitor": Words("Permintaan pengunjung", "The visitor asked"),
        "cancel_left": Words("Pengunjung sudah pulang", "The visitor has left"),
        "cancel_issued_by_mistake": Words("Nomor salah diambil", "Issued by mistake"),
        "cancel_other": Words("Lainnya", "Other"),
        # why a key is not live
        "why_no_server": Words("Server tidak terhubung", "No server"),
        "why_closed": Words("Loket belum dibuka ({key_open})", "The counter is not open ({key_open})"),
        "why_paused": Words("Loket sedang jeda ({key_open})", "The counter is paused ({key_open})"),
        "why_open": Words("Loket sudah buka", "The counter is open already"),
        "why_closed_already": Words("Loket sudah tutup", "The counter is closed already"),
        "why_paused_already": Words("Loket sudah jeda", "The counter is paused already"),
        "why_nobody_waiting": Words("Tidak ada yang menunggu", "Nobody is waiting"),
        "why_nobody_in_hand": Words("Tidak ada nomor di tangan", "No number in hand"),
        "why_settle_first": Words(
            "Layani ({key_serve}) atau tidak hadir ({key_missed}) dulu",
            "Serve ({key_serve}) or missed ({key_missed}) first",
        ),
        "why_finish_first": Words("Selesaikan nomor di tangan dulu", "Finish the number in hand first"),
        "why_not_called": Words("Sudah dilayani", "Already being served"),
        "why_not_serving": Words("Belum dilayani ({key_serve})", "Not being served yet ({key_serve})"),
        "why_nobody_aside": Words("Tidak ada yang disisihkan", "Nobody is set aside"),
        # what went wrong
        "lateAnswer": Words(
            "Server tidak menjawab. Perintah dibatalkan; silakan tekan lagi.",
            "The server did not answer. The command was withdrawn; please press again.",
        ),
        "waitMinutes": Words("{count} menit", "{count} min"),
        "waitSeconds": Words("{count} detik", "{count} s"),
        "pinTooShort": Words("PIN terdiri dari 4 sampai 12 angka.", "A PIN has 4 to 12 digits."),
        # alerts of the hall
        "alert_paper_out": Words("{name}: kertas habis", "{name}: out of paper"),
        "alert_paper_low": Words("{name}: kertas hampir habis", "{name}: paper is running low"),
        "alert_cover_open": Words("{name}: tutup printer terbuka", "{name}: printer cover open"),
        "alert_offline": Words("{name}: printer mati", "{name}: printer offline"),
        "alert_silent": Words("{name}: printer tidak menjawab", "{name}: printer does not answer"),
        "alert_cutter": Words("{name}: pemotong kertas macet", "{name}: paper cutter jammed"),
        "alert_error": Words("{name}: printer bermasalah", "{name}: printer error"),
        "alert_many_numbers": Words(
            "{name}: nomor diambil bertubi-tubi, mohon dilihat",
            "{name}: numbers taken one after the other; please look",
        ),
        "alert_flapping": Words("{name}: dua program berebut satu loket", "{name}: two programs fight for one counter"),
        "alert_voice": Words("{name}: tidak bersuara", "{name}: no voice"),
        "alert_lost": Words("{name}: tidak terhubung", "{name}: not connected"),
        "alert_storage": Words(
            "{name}: tidak dapat menyimpan; hubungi administrator", "{name}: cannot save; call the administrator"
        ),
        "alert_certificate_ends": Words("{name}: sertifikat hampir habis", "{name}: certificate ends soon"),
        "alert_stolen_token": Words("{name}: izin perangkat disalin", "{name}: a device was copied"),
        "alert_disk_low": Words("{name}: disk hampir penuh", "{name}: disk almost full"),
        "alert_disk_full": Words(
            "{name}: disk penuh; hubungi administrator", "{name}: disk full; call the administrator"
        ),
        "alert_backup_failed": Words("{name}: cadangan data gagal", "{name}: backup failed"),
        "alert_database_damaged": Words(
            "{name}: basis data rusak; hubungi administrator", "{name}: database damaged; call the administrator"
        ),
        "alert_clock_wrong": Words(
            "{name}: jam komputer berubah; periksa jam", "{name}: the machine's clock jumped; set it right"
        ),
        "alert_clock_behind": Words(
            "{name}: jam mundur, nomor tidak diberikan", "{name}: clock behind, no numbers are given"
        ),
        "alert_other": Words("{name}: perlu bantuan", "{name}: needs a hand"),
        "alertTicket": Words(" (nomor {ticket} belum tercetak)", " (number {ticket} not printed)"),
        # the server knows the program not, or no more
        "pairingTitle": Words("Program ini belum dikenal server", "The server does not know this program yet"),
        "pairingHint": Words(
            "Administrator menyetujui kode ini di server: loket-server devices approve {code} --name …",
            "An administrator approves this code at the server: loket-server devices approve {code} --name …",
        ),
        "turnedAwayTitle": Words("Server menolak program ini", "The server turned this program away"),
    }
)

ERRORS: Mapping[ErrorCode, Words] = MappingProxyType(
    {
        ErrorCode.MALFORMED: Words("Server tidak memahami program ini.", "The server cannot read this program."),
        ErrorCode.TOO_LARGE: Words("Pesan terlalu besar untuk server.", "The message is too large for the server."),
        ErrorCode.TOO_MANY: Words(
            "Terlalu banyak perintah. Tunggu sebentar.", "Too many commands. Please wait a moment."
        ),
        ErrorCode.CLIENT_TOO_OLD: Words(
            "Program loket ini terlalu lama. Perbarui program di PC ini.",
            "This counter program is too old. Update the program on this PC.",
        ),
        ErrorCode.SERVER_TOO_OLD: Words(
            "Server terlalu lama untuk program ini. Perbarui server.",
            "The server is too old for this program. Update the server.",
        ),
        ErrorCode.NOT_INTRODUCED: Words("PC ini belum dikenal server.", "The server does not know this PC yet."),
        ErrorCode.REVOKED: Words(
            "Izin PC ini dicabut. Hubungi administrator.", "This PC's permission was revoked. Tell your administrator."
        ),
        ErrorCode.CERTIFICATE_EXPIRED: Words(
            "Sertifikat server kedaluwarsa, atau jam PC ini salah. Hubungi administrator.",
            "The server's certificate has expired, or this PC's clock is wrong. Tell your administrator.",
        ),
        ErrorCode.CERTIFICATE_UNKNOWN: Words(
            "Server tidak dapat membuktikan identitasnya: sertifikatnya tidak dikenal. Hubungi administrator.",
            "The server cannot prove who it is: its certificate is not known. Tell your administrator.",
        ),
        ErrorCode.TAKEN_OVER: Words("Loket ini diambil alih.", "This counter was taken over."),
        ErrorCode.FORBIDDEN: Words("Anda tidak berhak melakukan itu di sini.", "You may not do that here."),
        ErrorCode.REQUEST_REUSED: Words(
            "Perintah tidak diterima. Silakan tekan lagi.", "The command was not taken. Please press again."
        ),
        ErrorCode.UNKNOWN_STREAM: Words("Data loket tidak tersedia.", "The counter's data is not available."),
        ErrorCode.STORAGE_UNAVAILABLE: Words(
            "Server tidak dapat menyimpan. Tidak ada yang berubah; beri tahu administrator.",
            "The server cannot save. Nothing changed; tell the administrator.",
        ),
        ErrorCode.CLOCK_BEHIND: Words(
            "Jam server mundur. Beri tahu administrator.", "The server's clock went back. Tell the administrator."
        ),
        ErrorCode.OVERLOADED: Words("Server sedang sibuk. Silakan coba lagi.", "The server is busy. Please try again."),
        ErrorCode.WITHDRAWN: Words(
            "Perintah sudah dibatalkan. Silakan tekan lagi.", "The command was withdrawn. Please press again."
        ),
        ErrorCode.WRONG_PIN: Words("PIN salah. Silakan coba lagi.", "Wrong PIN. Please try again."),
        ErrorCode.PIN_NEEDED: Words(
            "Loket lama tidak dipakai: masukkan PIN sekali lagi.",
            "Nobody used this counter for a while: enter your PIN again.",
        ),
        ErrorCode.PIN_LOCKED: Words(
            "PIN dikunci karena terlalu sering salah. Coba lagi dalam {wait}.",
            "The PIN is locked after too many failures. Try again in {wait}.",
        ),
        ErrorCode.COUNTER_TAKEN: Words("Loket sedang dipakai {name}.", "{name} is using the counter."),
        ErrorCode.UNKNOWN_SERVICE: Words("Layanan itu tidak ada.", "There is no such service."),
        ErrorCode.UNKNOWN_COUNTER: Words("Loket itu tidak ada.", "There is no such counter."),
        ErrorCode.UNKNOWN_VISIT: Words("Nomor itu tidak ada hari ini.", "There is no such number today."),
        ErrorCode.SERVICE_CLOSED: Words("Layanan itu sedang tutup.", "That service is closed."),
        ErrorCode.SERVICE_REMOVED: Words("Layanan itu sudah dihapus.", "That service was removed."),
        ErrorCode.QUOTA_REACHED: Words(
            "Kuota layanan itu hari ini sudah habis.", "That service's quota for today is used up."
        ),
        ErrorCode.COOLDOWN: Words("Tunggu sebentar, lalu coba lagi.", "Wait a moment, then try again."),
        ErrorCode.COUNTER_NOT_OPEN: Words(
            "Loket belum dibuka. Tekan {key_open} untuk membuka.",
            "The counter is not open. Press {key_open} to open it.",
        ),
        ErrorCode.COUNTER_BUSY: Words("Selesaikan dulu nomor yang di tangan.", "Finish the number in hand first."),
        ErrorCode.HAND_MISMATCH: Words(
            "Layar belum mutakhir, jadi tidak ada yang dipanggil. Periksa nomor di tangan, lalu tekan lagi.",
            "The screen was behind, so nobody was called. Look at the number in hand, then press again.",
        ),
        ErrorCode.NOBODY_WAITING: Words("Tidak ada yang menunggu.", "Nobody is waiting."),
        ErrorCode.NOT_IN_PROFILE: Words(
            "Layanan itu tidak dilayani di loket ini.", "This counter does not serve that service."
        ),
        ErrorCode.WRONG_STATE: Words(
            "Keadaan nomor itu sudah berubah. Periksa daftarnya.",
            "That number has changed. Look at the list.",
        ),
        ErrorCode.VISIT_IN_HAND: Words("Pengunjung itu sedang di loket lain.", "That visitor is at another counter."),
        ErrorCode.REASON_NEEDED: Words("Pilih alasannya dulu.", "Choose a reason first."),
        ErrorCode.NOT_LEASED: Words("Nomor itu bukan milik kios.", "That number is in no block of the kiosk."),
        ErrorCode.NUMBER_TAKEN: Words("Nomor itu sudah dipakai.", "That number is another visitor's."),
        ErrorCode.DAY_OVER: Words("Hari pelayanan itu sudah berakhir.", "That day of service has ended."),
        ErrorCode.RECALL_LIMIT: Words(
            "Nomor ini sudah cukup sering dipanggil.", "This number was announced often enough."
        ),
        ErrorCode.TOO_SOON: Words(
            "Pengunjung mungkin masih di jalan. Coba lagi dalam {wait}.",
            "The visitor may still be on the way. Try again in {wait}.",
        ),
        ErrorCode.USED_UP: Words(
            "Pengunjung sudah memakai kesempatan itu.", "The visitor has used that chance already."
        ),
        ErrorCode.NOBODY_BEHIND: Words("Tidak ada yang menunggu di belakangnya.", "Nobody waits behind them."),
        ErrorCode.ALREADY_CHOSEN: Words(
            "Nomor ini sudah menunggu layanan itu.", "This number waits for that service already."
        ),
        ErrorCode.NOT_ASKED: Words(
            "Nomor ini tidak diminta menilai saat ini.", "This number is not asked for an opinion now."
        ),
        # of bookings: no key of this program is refused so
        ErrorCode.NOT_BOOKABLE: Words("Layanan ini tidak dapat dipesan.", "This service cannot be booked."),
        ErrorCode.UNKNOWN_SLOT: Words("Jam itu tidak tersedia.", "There is no such time."),
        ErrorCode.SLOT_FULL: Words("Jam itu sudah penuh.", "That time is full."),
        ErrorCode.ALREADY_BOOKED: Words("Sudah ada pesanan untuk layanan itu.", "That service is booked already."),
        ErrorCode.BAD_PHONE: Words("Nomor telepon tidak dikenali.", "That is no phone number."),
        ErrorCode.UNKNOWN_BOOKING: Words("Pesanan tidak ditemukan.", "There is no such booking."),
        ErrorCode.BOOKING_USED: Words("Pesanan sudah dipakai.", "The booking was used already."),
        ErrorCode.BOOKING_OVER: Words("Pesanan tidak berlaku lagi.", "The booking holds no longer."),
        ErrorCode.TOO_EARLY: Words("Masih terlalu awal untuk pesanan itu.", "It is too early for that booking."),
        ErrorCode.WRONG_DAY: Words("Pesanan itu untuk hari lain.", "The booking is for another day."),
        ErrorCode.TOO_MANY_STOPS: Words(
            "Nomor ini sudah memiliki layanan terbanyak yang diizinkan.",
            "This number has as many services as the hall allows.",
        ),
    }
)


# A sentence that names a key takes it from the table: "Tekan {key_open} untuk membuka."
_KEYS = {f"key_{binding.word}": binding.key for binding in BINDINGS}


def say(key: str, language: Language, /, **facts: object) -> str:
    """The text of `key`, its places filled. KeyError for a key that does not exist."""
    return WORDS[key].in_(language).format(**_KEYS, **facts)


def say_error(code: ErrorCode, language: Language, /, **facts: object) -> str:
    """The sentence for a refusal; every code has one."""
    return ERRORS[code].in_(language).format(**_KEYS, **facts)
