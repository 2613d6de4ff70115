"""The categories that a desk begins with, two deep (DESK, Defaults)."""

from __future__ import annotations

from dataclasses import dataclass

from firstline.core.labels import Labels, labels

_FRONT, _SOLVER = "front-line", "solver"


@dataclass(frozen=True, slots=True)
class CategoryDefault:
    """What kind of problem, which centre takes it and who closes; `parent` '' stands at the top."""

    key: str
    parent: str
    labels: Labels
    centre: str
    closing: str = _FRONT


def _top(key: str, centre: str, of: Labels, closing: str = _FRONT) -> CategoryDefault:
    return CategoryDefault(key, "", of, centre, closing)


def _under(parent: str, key: str, centre: str, of: Labels, closing: str = _FRONT) -> CategoryDefault:
    return CategoryDefault(f"{parent}-{key}", parent, of, centre, closing)


CATEGORIES = (
    _top("pc", "workplace", labels(
        "PC and laptop", "PC és laptop", "PC og bærbar", "PC og bærbar", "ПК і ноутбук", "Компютър и лаптоп")),
    _under("pc", "start", "workplace", labels(
        "Does not start", "Nem indul", "Starter ikke", "Starter ikke", "Не вмикається", "Не се включва")),
    _under("pc", "slow", "workplace", labels(
        "Slow or freezing", "Lassú vagy lefagy", "Treg eller henger", "Langsom eller fryser",
        "Повільний або зависає", "Бавен или блокира")),
    _under("pc", "parts", "workplace", labels(
        "Screen, keyboard, dock", "Képernyő, billentyűzet, dokkoló", "Skjerm, tastatur, dokk",
        "Skærm, tastatur, dok", "Екран, клавіатура, док-станція", "Екран, клавиатура, докинг станция")),
    _top("printer", "workplace", labels(
        "Printer and scanner", "Nyomtató és szkenner", "Skriver og skanner", "Printer og scanner",
        "Принтер і сканер", "Принтер и скенер")),
    _under("printer", "prints-not", "workplace", labels(
        "Does not print", "Nem nyomtat", "Skriver ikke ut", "Printer ikke", "Не друкує", "Не печата")),
    _under("printer", "scanning", "workplace", labels(
        "Scanning", "Szkennelés", "Skanning", "Scanning", "Сканування", "Сканиране")),
    _under("printer", "supplies", "workplace", labels(
        "Toner and paper", "Toner és papír", "Toner og papir", "Toner og papir", "Тонер і папір",
        "Тонер и хартия")),
    _top("phone", "telephony", labels(
        "Phone and voicemail", "Telefon és hangposta", "Telefon og talepost", "Telefon og telefonsvarer",
        "Телефон і голосова пошта", "Телефон и гласова поща")),
    _under("phone", "line", "telephony", labels(
        "Dead or bad line", "Néma vagy rossz vonal", "Død eller dårlig linje", "Død eller dårlig linje",
        "Лінія не працює або погана", "Линията не работи или е лоша")),
    _under("phone", "voicemail", "telephony", labels(
        "Voicemail", "Hangposta", "Talepost", "Telefonsvarer", "Голосова пошта", "Гласова поща")),
    _under("phone", "mobile", "telephony", labels(
        "Mobile phone", "Mobiltelefon", "Mobiltelefon", "Mobiltelefon", "Мобільний телефон", "Мобилен телефон")),
    _top("network", "network", labels(
        "Network, Wi-Fi, VPN", "Hálózat, wifi, VPN", "Nettverk, wifi, VPN", "Netværk, wi-fi, VPN",
        "Мережа, Wi-Fi, VPN", "Мрежа, Wi-Fi, VPN")),
    _under("network", "wired", "network", labels(
        "Wired network", "Vezetékes hálózat", "Kablet nettverk", "Kablet netværk", "Дротова мережа",
        "Кабелна мрежа")),
    _under("network", "wifi", "network", labels("Wi-Fi", "Wifi", "Wifi", "Wi-fi", "Wi-Fi", "Wi-Fi")),
    _under("network", "vpn", "network", labels(
        "VPN and working from home", "VPN és otthoni munka", "VPN og hjemmekontor", "VPN og hjemmearbejde",
        "VPN і робота з дому", "VPN и работа от вкъщи")),
    _top("mail", "servers", labels(
        "Mail and calendar", "Levelezés és naptár", "E-post og kalender", "Mail og kalender", "Пошта й календар",
        "Поща и календар")),
    _under("mail", "sending", "servers", labels(
        "Sending and receiving", "Küldés és fogadás", "Sending og mottak", "Afsendelse og modtagelse",
        "Надсилання й отримання", "Изпращане и получаване")),
    _under("mail", "calendar", "servers", labels(
        "Calendar and shared mailboxes", "Naptár és közös postafiókok", "Kalender og delte postbokser",
        "Kalender og fælles postkasser", "Календар і спільні скриньки", "Календар и споделени пощи")),
    _top("access", "accounts", labels(
        "Password and access", "Jelszó és hozzáférés", "Passord og tilgang", "Adgangskode og adgang",
        "Пароль і доступ", "Парола и достъп")),
    _under("access", "password", "accounts", labels(
        "Password", "Jelszó", "Passord", "Adgangskode", "Пароль", "Парола")),
    _under("access", "rights", "accounts", labels(
        "Access to folders and programs", "Hozzáférés mappákhoz és programokhoz", "Tilgang til mapper og programmer",
        "Adgang til mapper og programmer", "Доступ до папок і програм", "Достъп до папки и програми")),
    _top("programs", "applications", labels(
        "Programs and licences", "Programok és licencek", "Programmer og lisenser", "Programmer og licenser",
        "Програми й ліцензії", "Програми и лицензи"), _SOLVER),
    _under("programs", "fault", "applications", labels(
        "Program fault", "Programhiba", "Programfeil", "Programfejl", "Помилка програми", "Грешка в програма"),
        _SOLVER),
    _under("programs", "install", "applications", labels(
        "Installation", "Telepítés", "Installasjon", "Installation", "Встановлення", "Инсталиране"), _SOLVER),
    _under("programs", "licence", "applications", labels(
        "Licence", "Licenc", "Lisens", "Licens", "Ліцензія", "Лиценз"), _SOLVER),
    _top("meeting-room", "workplace", labels(
        "Meeting room", "Tárgyaló", "Møterom", "Mødelokale", "Переговорна", "Заседателна зала")),
    _under("meeting-room", "picture", "workplace", labels(
        "Picture and sound", "Kép és hang", "Bilde og lyd", "Billede og lyd", "Зображення і звук",
        "Картина и звук")),
    _under("meeting-room", "booking", "servers", labels(
        "Booking", "Foglalás", "Booking", "Booking", "Бронювання", "Резервация")),
    _top("joiner-leaver", "accounts", labels(
        "Joiner and leaver", "Belépő és kilépő munkatárs", "Ny og sluttende medarbeider",
        "Ny og fratrædende medarbejder", "Новий працівник і звільнення", "Постъпващ и напускащ")),
    _under("joiner-leaver", "joiner", "accounts", labels(
        "Joiner", "Belépő", "Ny medarbeider", "Ny medarbejder", "Новий працівник", "Постъпващ")),
    _under("joiner-leaver", "leaver", "accounts", labels(
        "Leaver", "Kilépő", "Medarbeider som slutter", "Fratrædende medarbejder", "Звільнення", "Напускащ")),
    _top("security", "accounts", labels(
        "Security", "Biztonság", "Sikkerhet", "Sikkerhed", "Безпека", "Сигурност"), _SOLVER),
    _under("security", "suspicious-mail", "servers", labels(
        "Suspicious mail", "Gyanús levél", "Mistenkelig e-post", "Mistænkelig mail", "Підозрілий лист",
        "Подозрително писмо"), _SOLVER),
    _under("security", "lost-device", "workplace", labels(
        "Lost device", "Elveszett eszköz", "Mistet enhet", "Mistet enhed", "Втрачений пристрій",
        "Изгубено устройство"), _SOLVER),
    _top("question", "front-line", labels(
        "General question", "Általános kérdés", "Generelt spørsmål", "Generelt spørgsmål", "Загальне питання",
        "Общ въпрос")),
    _under("question", "how-to", "front-line", labels(
        "How do I …?", "Hogyan kell …?", "Hvordan gjør jeg …?", "Hvordan gør jeg …?", "Як зробити …?",
        "Как да …?")),
    _under("question", "other", "front-line", labels("Other", "Egyéb", "Annet", "Andet", "Інше", "Друго")),
)
