"""How a telephone or program names itself below a letter."""

from __future__ import annotations

# The line begins so, and what follows is what it was sent from.
SENT_FROM: tuple[str, ...] = (
    "sent from", "sent wirelessly", "sendt fra", "skickat från", "von meinem", "gesendet von meinem",
    "verzonden vanaf", "verstuurd vanaf", "envoyé de mon", "envoyé depuis", "envoyé à partir", "envoyé sans fil",
    "enviado desde", "enviado do meu", "enviado de mi", "enviado a partir", "inviato da", "inviato dal",
    "wysłane z", "wysłano z", "odesláno z", "odoslané z", "надіслано з", "відправлено з", "отправлено с ",
    "отправлено из", "изпратено от моя", "изпратено от моето", "trimis de pe", "poslano s mog",
    "get outlook for", "hent outlook", "få outlook", "hämta outlook", "az outlook letöltése", "завантажити outlook",
    "отримати outlook", "изтеглете outlook", "вземете outlook", "скачать outlook", "obtenez outlook",
    "télécharger outlook", "obtener outlook", "descargar outlook", "obter o outlook", "scarica outlook",
    "ottieni outlook", "pobierz outlook", "download outlook", "holen sie sich outlook", "laden sie outlook",
)  # fmt: skip

# With these words the line must name a device or program too: 'sent via DHL' is part of a letter.
SENT_WITH: tuple[str, ...] = (
    "sent", "sendt", "skickat", "gesendet", "diese nachricht wurde von", "verzonden", "verstuurd", "envoyé",
    "enviado", "inviato", "wysłan", "lähetetty", "надіслан", "відправлен", "отправлен", "изпратен", "küldve",
    "elküldve", "üdvözlettel küldve", "送信元", "から送信", "에서 보냄", "发自我的", "發自我的",
)  # fmt: skip
SENT_WITH_END: tuple[str, ...] = ("küldve", "küldtem", "gesendet", "gönderildi", "から送信", "에서 보냄")
DEVICES: tuple[str, ...] = (
    "iphone", "ipad", "ios", "android", "samsung", "galaxy", "huawei", "xiaomi", "nokia", "blackberry", "smartphone",
    "mobil", "handy", "telefon", "phone", "телефон", "мобіл", "мобил", "outlook", "yahoo", "gmail", "gmx", "web.de",
    "proton", "mail for windows", "mail app", "mailbox", "tablet", "puhelime",
)  # fmt: skip
