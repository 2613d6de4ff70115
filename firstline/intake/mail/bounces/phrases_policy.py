"""Wordings that name the sender, his host or the message as the reason of a refusal."""

from __future__ import annotations

from typing import Final

# See phrases_recipient on how these are written.

_HOST: Final = (
    r"(?:\bip\b|\bip address|\bhost|\bclient|\bserver|\bnetwork|\bmta\b|\brelay|\bsite|\bsubnet"
    r"|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\]?)"
)
_SENDER: Final = r"(?:sender|from address|mail from|return[- ]path|envelope from|originator|from domain)"

NORELAYING: Final = (
    (
        r"\brelay\w*\b[^.;,]{0,25}\b(?:denied|not (?:be )?(?:permitted|allowed|authori[sz]ed"
        r"|supported|available)|prohibited|refused|disallowed|forbidden|restricted|disabled|failed)"
    ),
    (
        r"\b(?:no|not|cannot|can'?t|unable to|don'?t|will not|won'?t|permitted to|allowed to|denied"
        r"|refus\w+ to) relay"
    ),
    (
        r"(?:rcpthosts|insecure (?:mail )?relay|not (?:a |an )?(?:open )?relay|not (?:a )?gateway"
        r"|we do not relay|domain (?:is )?not (?:local|hosted|handled) here)"
    ),
    r"not (?:been )?configured to (?:relay|let you)",
    r"(?:address|identit(?:y|ies)|domain)\b[^.;,]{0,12}\bnot verified",
)

AUTHFAILURE: Final = (
    r"\bspf\b",
    r"\bdkim\b",
    r"\bdmarc\b",
    r"sender policy framework",
    r"domainkeys",
    r"\bsender ?id\b[^.;,]{0,30}fail",
    r"unauthenticated (?:e-?mail|mail|messages?)\b",
    r"sender is unauthenticated",
    r"authentication information",
    r"authentication (?:level|requirements)",
    r"pass(?:es)? authentication",
)

REQUIREPTR: Final = (
    r"reverse[- ]?(?:dns|lookup|name|host|mapping|resolution|address|entry|record|look-up)",
    r"\brdns\b",
    r"\bptr\b",
    r"fc-?rdns",
    r"ipv6 sending guidelines",
    r"forward[- ]confirmed",
    (
        r"(?:cannot|can'?t|could ?n[o']t|unable to|failed to) (?:find|resolve|verify"
        r"|look ?up) (?:your|the client|client|sending|connecting) (?:\w+ )?(?:host ?name|name"
        r"|address|ip|host|server)"
    ),
    r"unverif\w+ (?:\w+ )?(?:ip|host|client|address)",
    r"(?:client|your) (?:host|ip|address)\b[^.;,]{0,20}\b(?:does not resolve|has no (?:name|dns|hostname))",
)

NOTCOMPLIANTRFC: Final = (
    r"\brfc[ -]?\d{3,4}\b[^.;,]{0,20}\b(?:complian|violat|conform|require)",
    r"(?:not|non)[- ](?:rfc|standards?)[- ]?complian",
    r"\brfc[ -](?:822|2822|5322|5321)\b",
    (
        r"multiple (?:\w+ )?(?:addresses in from|(?:from|subject|sender|date|to"
        r"|message-id) (?:headers?|fields?|lines?))"
    ),
    (
        r"(?:missing|no|invalid|duplicate\w*|malformed|bad"
        r"|lacks?) (?:or \w+ )?(?:a )?(?:valid )?['`]?(?:from|date|message-?id|to|subject"
        r"|sender)['`:]? ?(?:headers?|fields?|line)"
    ),
    r"bare (?:lf|cr|line ?feed|newline)",
)

BADREPUTATION: Final = (
    r"\breputation\b",
    r"(?:low|poor|bad) (?:sender |trust |ip )?score",
    r"senderbase",
    r"sender ?score",
)

VIRUSDETECTED: Final = (
    r"\bvirus(?:es)?\b",
    r"\bmalware\b",
    r"\binfected\b",
    r"\btrojan",
    r"\bworm\b",
    r"\bmalicious\b",
    r"вирус",
    r"вірус",
)

SPAMDETECTED: Final = (
    r"\bspam(?:my|ming)?\b",
    r"\bube\b",
    r"\buce\b",
    r"unsolicited",
    r"\bjunk\b",
    r"\bbulk e?-?mail",
    r"spam ?score",
    r"black ?listed (?:url|link|uri|domain in)",
    r"content\b[^.;,]{0,20}\b(?:rejected|blocked|refused|denied|filter\w*|detected)",
    r"(?:rejected|refused|blocked) (?:due to|because of|by|for) (?:\w+ )?content",
    (
        r"(?:^|[^a-z])(?:this )?(?:mail|message|e-?mail) (?:was |is |has been |has )?(?:rejected"
        r"|rejet[eé]e?|refus[eé]e?|looks suspicious|abgelehnt)(?:[ .;,]*$|\.)"
    ),
    r"similar to (?:other )?messages",
    r"message (?:was )?(?:scored|classified|identified|considered|flagged)",
    r"prohibited content",
    r"спам",
    r"pourriel",
    r"correo no deseado",
    r"迷惑メール",
)

# Said of what the sender may send, so not of anybody's mailbox.
OVERSENT: Final = (
    r"(?:sending|daily|hourly|outgoing|outbound) (?:\w+ ){0,2}?(?:quota|limit)",
    r"(?:message|mail|e-?mail) quota exceeded",
)

SPEEDING: Final = (
    r"(?:at|with) (?:a|too high a) rate",
    r"(?:rate|ratio)[- ]?(?:limit|control|is too|exceed)",
    r"(?:exceed|limit)\w*\b[^.;,]{0,30}\brate\b",
    r"too (?:fast|quickly|frequent\w*|often)",
    r"throttl",
    r"unusual (?:rate|volume)",
    r"sending (?:too|limit|rate)",
    r"(?:mail|message)s? (?:flood|volume)",
    r"(?:daily|hourly) (?:sending |mail |message )?(?:limit|quota)",
    r"too many (?:\w+ )?(?:messages?|mails|e-?mails)\b",
)

TOOMANYCONN: Final = (
    (
        r"too many (?:\w+ ){0,2}(?:connections?|sessions?|recipients?|rcpts?|hosts|concurrent"
        r"|simultaneous|processes|invalid recipients|errors)"
    ),
    r"(?:maximum|max|limit|number)\b[^.;,]{0,25}\b(?:connections?|sessions|recipients)\b",
    r"connections?\b[^.;,]{0,12}\b(?:frequency|rate|limit|count|throttl)",
    r"\bfrequency (?:is )?limit",
)

BLOCKED: Final = (
    r"\bdns-?[br]ls?\b",
    r"\b\w{0,4}rbls?\b",
    r"\bdnsbl",
    r"real-?time (?:black|block)",
    r"spamhaus",
    r"spamcop",
    r"sorbs",
    r"\bcbl\b",
    r"barracudacentral",
    r"abuseat",
    r"uceprotect",
    r"surbl",
    (
        _HOST
        + r"[^.;,:]{0,60}?\b(?<!connection )(?:black-?list|black list|block ?list|block-?list"
        + r"|block list|listed|blocked|banned|rejected|refused|denied|prohibited|forbidden"
        + r"|(?<!network )not allowed|not welcome|blacklisted)"
    ),
    (
        r"(?:black ?list|block ?list|reject(?:ed)?|block(?:ed)?|den(?:y|ied)|refus\w+"
        r"|banned)[^.;,]{0,30}\b(?:your|sending|this|from|client|from the|connecting"
        r"|sender'?s?) (?:\w+ )?(?:ip|host|server|network|address range|mta|isp)\b"
    ),
    r"\b(?:on|in) (?:our|the|a|their) (?:\w+ )?(?:block|black|deny|reject)[- ]?list",
    r"\bopen[- ](?:relay|proxy)",
    r"no access from",
    r"invalid ip\b",
    (
        r"(?:accepted|allowed|permitted|taken) from (?:this|your|that|the) (?:\w+ )?(?:ip|host"
        r"|network|server|isp)\b"
    ),
    r"not (?:authori[sz]ed|allowed|permitted) to connect",
    r"not (?:on|in) (?:the |our |a )?(?:white|allow)-?list",
    r"(?:access|permission) to [^.;,]{0,40}(?:system|server)[^.;,]{0,12}\b(?:rejected|denied|refused)",
    r"\bblocked (?:by|using)",
    r"\b(?:dynamic|dial-?up|residential|generic)\b[^.;,]{0,20}\b(?:ip|address|host|range|pool)",
    r"\b(?:helo|ehlo)\b[^.;,]{0,30}\b(?:reject|invalid|denied|refus|bad|not|mismatch|command)",
    r"(?:invalid|bad|forged|fake) (?:helo|ehlo)",
    r"name was rejected",
    r"invalid domain name",
    (
        r"\byou(?:r \w+)? (?:are|is|have been|has been|was) (?:currently |temporarily "
        r"|permanently )?(?:blocked|listed|banned|black ?listed)"
    ),
    (
        r"(?<!address is )(?<!address was )(?<!address has been )\bblack ?list(?:ed|s)?\b(?! (?:url"
        r"|link|uri|domain))"
    ),
    r"\bblock ?list",
    r"gr[ea]y-?list",
    r"\bbanned\b(?! (?:content|attachment|file|word))",
    r"(?<!not )\bfound in (?:[\w.-]+ ){0,3}(?:lists?|listing|blacklist|database)\b",
    r"\bdue to (?:a )?listing\b",
    r"geograph",
    r"\babus(?:e|ive)\b(?! report)",
    (
        r"(?:use|through|via) (?:the |your )?(?:\w+ )?(?:smtp|mail|outgoing) ?(?:server"
        r"|relay)[^.;,]{0,12}\b(?:isp|provider)\b"
    ),
    r"unwanted messages",
    (
        r"(?:connection|service) (?:was |is )?(?:refused|rejected|denied|blocked|not (?:accepted"
        r"|permitted|available) (?:for|from|to))(?= (?:from|for|due|to|because))"
    ),
)

# Says nobody why; who is meant shows in the command refused.
DENIED: Final = (
    r"(?:access|permission) (?:is |was )?denied",
    r"\bdenied\b(?! by)",
)

POLICY: Final = (
    r"(?:for|due to|by|of|to|because of|violat\w+) (?:the |our |this |a )?(?:\w+ )?polic(?:y|ies)\b",
    r"policy (?:reasons?|violation)",
)
DANGEROUS: Final = (
    r"potential(?:ly)? (?:security|dangerous|harmful)",
    r"content presents",
)

POLICYVIOLATION: Final = (
    r"\bpolic(?:y|ies)\b",
    r"\bviolat\w+",
    r"administrative(?:ly)? (?:prohibit|den|reject|refus|block)\w*",
    r"network not allowed",
    (
        r"(?:message|mail|content|attachment|file|extension"
        r"|header)s?\b[^.;,]{0,20}\b(?:not (?:allowed|permitted|accepted)|prohibited|forbidden"
        r"|unacceptable|banned)"
    ),
    r"mass mail",
    r"organi[sz]ational settings",
    r"\b(?:do not|don'?t|will not|won'?t) accept (?:messages?|mail|e-?mail)",
    r"message (?:was |has been |is )?refused",
    r"illegal attachment",
    r"captcha",
    (
        r"(?:attachment|file type|executable|header)s?\b[^.;,]{0,20}\b(?:error|denied|reject\w+"
        r"|blocked|refused)"
    ),
)

UNAUTHORISED: Final = (
    r"\bnot[ -]?authori[sz]ed",
    r"unauthenticated",
    r"unauthori[sz]ed",
    r"authentication (?:is )?(?:required|failed|turned)",
    r"not authenticated",
    r"auth\w* ?required",
    r"requires? (?:smtp )?auth\w*",
)

REJECTED: Final = (
    (
        _SENDER
        + r"\b[^.;,]{0,60}?\b(?:reject\w*|denied|refused|not (?:be )?(?:allowed|exist|accept\w*"
        + r"|permitted|valid|verif\w+|found|trusted)|does ?n[o']t (?:exist|resolve)|invalid|unknown"
        + r"|verif\w+|fail\w*|blocked|blacklisted|could ?n[o']t)"
    ),
    (
        r"(?:rejected|refused|denied|blocked|unroute?able|invalid|unknown|bad|unverified"
        r"|black ?listed|verify|verif\w+)(?: the| this| your)? (?:\w+ )?(?:sender|from address"
        r"|originator|return path)"
    ),
    r"(?:domain|host(?:name)?)s? of (?:the )?sender",
    r"(?:you|sender)s? (?:are|is) not (?:a )?(?:member|subscri|allowed|permitted)",
    r"(?<!ip )address (?:that )?(?:is|has been|was) black ?listed",
    r"(?:user|customer|recipient|member) complaints",
    r"permanently deferred",
    r"(?:only|closed|restricted|moderated)[^.;,]{0,30}\b(?:members?|subscribers?|post\w*|list)\b",
    r"non-?members?",
    r"not a member",
    r"(?:permission|allowed|right)\b[^.;,]{0,20}\bto (?:post|send|write)",
    # A group that the sender may not write to, by the words for group and for permission.
    (
        r"(?:\bgroup|\bgrupp|\bgrupo|\bgroep|\bgrup|\bcsoport|\bryhm|\bskupin|\bgrúp|групп|\bгруп"
        r"|ομάδα|グループ|群组|群組|그룹|مجموعة|گروه|קבוצ|กลุ่ม|nhóm|समूह).{0,220}?(?:permission|permís"
        r"|berechtig|autoris|permis|permess|toestemming|tillatels|tilladels|behörighet|разреш|\bправ"
        r"|дозв|δικαίωμα|権限|权限|權限|권한|oprávn|povolen|engedél|jogosult|uprawn|oikeu|izni|izin|rettighed"
        r"|dozvol|dopušt|leid|atļauj|pahintulot|مصرح|إذن|مجوز|אישור|הרשא|อนุญาต|สิทธิ์|quyền|अनुमति)"
    ),
)
