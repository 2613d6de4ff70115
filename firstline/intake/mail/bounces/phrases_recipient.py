"""Wordings that name the recipient's side as the reason: full, closed, moved, unknown, not to be reached."""

from __future__ import annotations

from typing import Final

# Every phrase is a regular expression over text in lower case with single blanks, without addresses and
# links. Gaps are bounded, so that matching stays linear. They tell a meaning (noun and state), in the
# languages that mail servers write; no phrase is a whole line of one product.

_BOX: Final = (
    r"(?:mail ?box|mail ?drop|mail ?dir|mail ?folder|in-?box|account|user|recipient|addressee|storage"
    r"|quota|mail file|mailspool)"
)
_WHO: Final = (
    r"(?:user|recipient|mail ?box|account|address(?:ee)?|alias|e-?mail|local ?part|name|customer|member"
    r"|destination|destinataire)"
)

MAILBOXFULL: Final = (
    _BOX + r"s?\b[^.;,:]{0,40}?\b(?:is|are|was|currently|too|almost|be) (?:\w+ )?full\b",
    r"(?:mail ?box|inbox|mail ?folder|storage|quota|mail ?drop|mail ?dir|box) ?[-:_]?(?:is )?full\b",
    r"\bfull (?:mail ?box|inbox)",
    (
        r"\bover[- ]?(?:the |its |his |her |their |disk |storage |mail )?(?:allotted "
        r"|allowed )?(?:quota|allocation)"
    ),
    r"\bquota\b[^.;,:]{0,30}\b(?:exceed|full|reached|violat|limit)",
    r"\bexceed\w*[^.;,:]{0,40}\b(?:quota|storage|allocat|allotted|allowed size|mailbox size|disk|space)",
    (
        r"(?:mail ?box|account|inbox|storage)\b[^.;,:]{0,40}\b(?:exceed|over limit|limit reached"
        r"|size limit|has reached)"
    ),
    (
        r"(?:not enough|insufficient|no more|no|lack of) (?:\w+ )?(?:space|storage"
        r"|room)(?: left)?[^.;,:]{0,30}\b(?:mail ?box|user|recipient|account|inbox)"
    ),
    (
        r"(?:mail ?box|user|recipient|account|inbox)\b[^.;,:]{0,30}\b(?:not enough|insufficient"
        r"|no more|no|out of|lacks?) (?:\w+ )?(?:space|storage|room)"
    ),
    (
        r"too (?:many|much) (?:\w+ )?(?:messages?|mails?|data|bytes|files) (?:in|on|for) (?:the "
        r"|this |his |its )?(?:user|recipient|mail ?box|inbox|disk)"
    ),
    r"(?:user|recipient|mail ?box|account) has too many",
    r"(?:mail ?box|account|inbox) space",
    r"space (?:is )?not enough",
    r"exhausted[^.;,:]{0,30}\b(?:storage|space|quota)",
    r"(?:cannot|can'?t|not) (?:accept|hold|store|receive) any ?more",
    r"out of storage space",
    r"storage space .{0,20}exceeded",
    r"message store .{0,20}full",
    r"disk quota",
    r"over (?:its|the|his|her|their) (?:size |storage )?limit",
    r"zu ?viele (?:e-?mails|mails|nachrichten)",
    r"bo[iî]te .{0,30}(?:pleine|satur)",
    r"quota d[eé]pass",
    r"(?:postfach|mailbox|speicherplatz).{0,30}(?:voll|[uü]berschritten|ersch[oö]pft)",
    r"buz[oó]n .{0,20}llen",
    r"casella .{0,20}pien",
    r"caixa .{0,30}cheia",
    r"skrzynk\w+ .{0,30}(?:pe[lł]n|przepe[lł])",
    r"(?:postkasse|postboks|mailboks|innboks|brevl[aå]d)\w* .{0,20}(?:full|fyldt)",
    r"ящик\w* .{0,30}(?:переполн|заполн)",
    r"скриньк\w* .{0,30}переповн",
    r"квот\w* .{0,20}(?:превыш|перевищ)",
    r"кутия .{0,30}пълна",
    r"postafi[oó]k.{0,30}(?:megtelt|tele)",
    r"メールボックス.{0,20}(?:いっぱい|一杯|満杯|容量)",
    r"容量.{0,12}(?:超|オーバー)",
    r"邮箱.{0,12}(?:满|超)",
)

MESGTOOBIG: Final = (
    (
        r"(?:message|mail|data|content|body|attachment|letter"
        r"|header and body)s?\b[^.;,:]{0,20}\b(?:is |are |was )?too (?:big|large)\b"
    ),
    r"\b(?:too (?:big|large)|oversized?|over-?sized?) (?:e-?mail |mail )?(?:message|mail|attachment|for)",
    (
        r"(?:message|mail|letter"
        r"|attachment)s?'?s? ?(?:size)?\b[^.;,:]{0,30}\bexceed\w*[^.;,:]{0,30}\b(?:size|maximum|max"
        r"|fixed|byte|limit of)"
    ),
    (
        r"exceed\w*[^.;,:]{0,30}\b(?:max\w*|fixed|allowed|permitted|incoming|message|mail"
        r"|configured)\b[^.;,:]{0,20}\b(?:size|length)"
    ),
    r"(?:message|mail) size\b[^.;,:]{0,30}\b(?:limit|exceed|too|larger|bigger|over|greater)",
    r"size limit (?:was |is |has been )?exceeded",
    r"exceeded .{0,20}size limit",
    r"line (?:limit exceeded|(?:is |was )?too long)",
    r"(?:larger|bigger|greater) than .{0,30}\b(?:limit|maximum|allowed|size|byte|[kmg]b\b)",
    r"message trop (?:gros|volumineux)",
    r"nachricht .{0,20}zu gro",
    r"(?:слишком|занадто) (?:больш|велик)",
)

EXCEEDLIMIT: Final = (
    r"message length exceeds",
    r"exceeds? (?:an? )?administrative limit",
    r"exceeds? (?:the )?limit set by",
)

SUSPEND: Final = (
    r"\bexpired (?:e-?mail )?(?:account|mail ?box)",
    (
        r"(?:account|mail ?box|user|recipient|domain|customer)s?\b[^.;,:]{0,50}?\b(?:disabled"
        r"|suspend\w*|deactivated|de-activated|locked|frozen|discontinued|terminated|not (?:active"
        r"|activated|enabled)|inactive|on suspension|closed|cancell?ed|abandoned|dormant)\b"
    ),
    (
        r"(?:account|mail ?box|user|login)s?\b[^.;,:]{0,25}\b(?:is|was|has been"
        r"|temporarily) (?:temporarily )?(?:blocked|barred|expired|restricted|limited)\b"
    ),
    (
        r"\b(?:disabled|suspended|deactivated|locked|frozen|inactive|terminated"
        r"|closed) (?:e-?mail )?(?:account|mail ?box|user|recipient)"
    ),
    (
        r"(?:address|e-?mail)\b[^.;,:]{0,30}\b(?:is|has been|was) (?:disabled|suspended|deactivated"
        r"|closed|discontinued)"
    ),
    r"not accepting (?:mail|messages?) (?:for|due to) .{0,20}(?:suspen|disabled)",
    r"compte .{0,40}(?:bloqu|suspendu|d[eé]sactiv|inactif)",
    r"konto .{0,30}(?:gesperrt|deaktiviert)",
    r"cuenta .{0,30}(?:suspendida|desactivada)",
    r"(?:аккаунт|ящик|пользовател)\w* .{0,30}(?:заблокирован|отключен|отключён)",
    r"(?:скриньк|акаунт)\w* .{0,30}(?:заблокован|вимкнен)",
)

HASMOVED: Final = (
    r"(?:user|recipient|mail ?box) (?:has |was |is )?moved",
    r"no longer (?:on|at|located|here|with (?:us|this)|employed|work\w*|hosted)",
    r"\b(?:has|have) (?:moved|relocated|left (?:the|our|this))",
    r"\bmoved to\b",
    r"mail ?box (?:has )?moved",
    r"new (?:e-?mail )?address is",
    r"(?:changed|replaced) (?:\w+ )?(?:e-?mail )?address",
    r"(?:e-?mail )?address (?:has|was) (?:been )?(?:changed|replaced)",
    r"not our user",
    r"user (?:is )?not local",
    r"(?:please )?(?:try|use|forward to)\b.{0,12}\binstead",
)

HOSTUNKNOWN: Final = (
    (
        r"\b(?:unknown|no such|bad|invalid|illegal|non-?existent) (?:\w+ )?(?:host|domain|mail server"
        r"|server name)\b"
    ),
    (
        r"\b(?:host|domain|site|server name)(?:[ /]?(?:host|domain|name"
        r"|part)){0,3}\b[^.;,:]{0,40}?\b(?:not found|unknown|not exist|doesn'?t exist|no such"
        r"|not known|unresolvable|not reachable|couldn'?t be found|invalid|unrecogni[sz]ed"
        r"|not registered|not resolve|not be resolved|may not exist)"
    ),
    r"(?<!sender)(?<!address)\.[a-z]{2,18} does ?n(?:ot|'t) exist",
    (
        r"(?:cannot|can'?t|could ?n[o']t|unable to|failed to) (?:find|resolve|look ?up"
        r"|route to) (?:a |any |the )?(?:\w+ )?(?:host|domain|destination"
        r"|hostname)\b(?![^.;,:]{0,12}(?:sender|your))"
    ),
    r"unroute?able (?:mail )?(?:domain|address)",
    r"mx records? point to non-?existent",
    r"host address lookups failed",
    r"nxdomain",
    r"name or service not known",
    r"bad destination (?:system|host)",
    r"dns .{0,30}(?:host|domain|name).{0,30}(?:not found|does not exist|unknown)",
    r"no (?:such )?(?:dns|address) (?:record|information)",
    r"(?:domaine?|h[oô]te) .{0,20}(?:inconnu|introuvable)",
    r"unbekannte (?:domain|host)",
)

NOTACCEPT: Final = (
    r"\b(?:no|find an?|find any|have an?|has no) (?:valid )?(?:mx|mail exchangers?)\b",
    r"null mx",
    r"nullmx",
    r"mx (?:record )?(?:of|is) (?:null|0 \.|empty)",
    (
        r"(?:host|domain|server|system|site|machine)\b[^.;,:]{0,30}\b(?:does ?n[o']?t|do not|never"
        r"|not) (?:accept|receiv|handl|process)\w*[^.;,:]{0,12} (?:e-?mail|mail|messages?|smtp)\b"
    ),
    r"no smtp service",
    r"smtp (?:service )?(?:is )?(?:not (?:supported|offered|here)|disabled)",
    r"no mail (?:service|server) here",
    r"accepts no mail",
)

# The recipient himself, or a rule of his, does not want the message.
REFUSES: Final = (
    (
        r"(?:user|recipient|customer|addressee)s?\b[^.;,:]{0,20}\b(?:refuse[sd]?|reject(?:s|ed)?"
        r"|has blocked|blocked|only accept\w*|does ?n[o']?t (?:want|accept)) (?:to receive |this |your |the "
        r"|any )?(?:e-?mail|mail|messages?|sender)"
    ),
    (
        r"(?:rejected|refused|blocked|discarded|denied|filtered) (?:by|due to) (?:the |this "
        r"|a )?(?:user|recipient|addressee)\b"
    ),
    r"user rules?",
    r"(?:is|are) not (?:currently )?accepting (?:any )?(?:new )?(?:mail|messages?|e-?mail)",
)

FILTERED: Final = (
    (
        r"(?:rejected|refused|blocked|denied|discarded) by (?:the |this |a )?(?:\w+ )?(?:recipient"
        r"|user|addressee|domain filter|filter)\b"
    ),
    (
        r"(?:recipient|user|addressee)s?\b[^.;,:]{0,30}\b(?:was|were|has|have|only|does not|doesn'?t"
        r"|is not|not) (?:rejected|refused|refuses|accept\w*|receiv\w*|filter\w*)"
    ),
    (
        r"(?:because|due to|as) (?:the |this )?(?:recipient|user) (?:is |has )?(?:only "
        r"|not )?(?:accept|block|reject|filter)"
    ),
    r"(?:recipient|user|personal) (?:filter|rule|settings?)",
)

# Said by servers that know all their addresses in a directory, whenever they say it.
NOTLISTED: Final = (
    r"\brecipient address rejected ?: ?access denied",
    r"user does ?n[o']?t have (?:an? )?[^.;,:]{0,8}\w{0,40}[^;,:]{0,20} account\b",
)

USERUNKNOWN: Final = (
    (
        r"\b(?:unknown|no such|invalid|illegal|unrecogni[sz]ed|non-?existent|undefined|incorrect"
        + r"|wrong|bad|unlisted)(?: or \w+)? (?:\w+ ){0,2}?"
        + _WHO
        + r"s?\b"
    ),
    (
        r"(?:account|user|recipient|address|mail ?box|name|person|alias"
        r"|e-?mail)s?\b[^.;,:]{0,60}?\b(?:unknown|unavailable|undefined|invalid|not (?:be )?(?:found"
        r"|exist\w*|known|listed|recogni[sz]ed|valid|registered|present|available|defined|located"
        r"|an? (?:valid|known|local))|does ?n[o']?t (?:exist|have)|do not exist|doesn'?t|isn'?t"
        r"|couldn'?t be found|incorrect|misspelled|no longer (?:valid|exists?|in use|available"
        r"|active)|been (?:removed|deleted)|nonexist\w+|non-existent)"
    ),
    (
        r"\b(?:no|not an?|there is no|have no) (?:valid |known |existing |local "
        r"|active )?(?:mail ?box|user|recipient|account|address|alias|person"
        r"|one)s?\b[^.;,:]{0,20}\b(?:here|by that|by this|with that|for|named|called|known|on this"
        r"|at this|account|in)\b"
    ),
    r"\bnot a (?:valid|known|local|registered|current) (?:\w+ )?" + _WHO,
    (
        r"(?:can'?t|cannot|unable to|could ?n[o']t|failed to) (?:verify|find|locate|resolve|look ?up"
        + r"|identify|match) (?:the |this |any |a )?(?:\w+ )?"
        + _WHO
    ),
    r"(?:address|recipient|rcpt) (?:was )?(?:rejected|refused)(?: ?[.;:]? ?$)",
    r"^[^a-z]{0,40}address rejected",
    r"recip\w*not ?found",
    r"(?:several|multiple) matches found",
    r"\b(?:unknown|invalid|illegal|no such) (?:\w+ ){0,2}user ?(?:id|name)\b",
    r"not (?:listed )?in (?:the )?(?:\w+ ){0,3}(?:directory|address book|user ?list|recipient table)",
    r"unknown in .{0,30}table",
    r"nosuchuser",
    r"destinataire .{0,25}(?:inconnu|invalide|inexistant)",
    r"adresse .{0,40}(?:invalide|inexistante|inconnue)",
    r"utilisateur inconnu",
    (
        r"(?:empf[aä]nger|benutzer|adresse|postfach) .{0,30}(?:unbekannt|nicht (?:gefunden|bekannt"
        r"|vorhanden)|existiert nicht|ung[uü]ltig)"
    ),
    r"unbekannter (?:empf|benutzer)",
    r"(?:usuario|destinatario|direcci[oó]n|cuenta) .{0,30}(?:desconocid|no existe|inv[aá]lid)",
    r"(?:utente|destinatario|indirizzo|casella) .{0,30}(?:sconosciut|inesistent|non esist)",
    r"(?:usu[aá]rio|destinat[aá]rio|endere[cç]o) .{0,30}(?:desconhecid|n[aã]o exist|inv[aá]lid)",
    r"(?:gebruiker|ontvanger|adres) .{0,30}(?:onbekend|bestaat niet)",
    r"(?:пользовател|получател|адрес|ящик)\w* .{0,40}(?:не (?:существует|найден|зарегистрирован)|неизвест)",
    r"(?:користувач|отримувач|адрес|скриньк)\w* .{0,40}(?:не (?:існує|знайден)|невідом)",
    r"(?:u[zż]ytkownik|odbiorca|adres) .{0,30}(?:nieznan|nie istnieje)",
    (
        r"(?:bruker|mottak|modtag|bruger|adress)\w* .{0,30}(?:ukjen|ukendt|ok[aä]nd|finnes ikke"
        r"|findes ikke|finns inte)"
    ),
    r"(?:címzett|felhasználó|postafiók) .{0,30}(?:ismeretlen|nem (?:létezik|található))",
    r"リストにありません",
    r"(?:ユーザ|宛先|あて先|アドレス).{0,24}(?:存在しません|見つかりません|見つからない|不明|存在しない)",
    r"(?:用户|收件人|邮箱).{0,12}不存在",
)
