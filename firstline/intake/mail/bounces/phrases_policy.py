"""Wordings that name the sender, his host or the message as the reason of a refusal."""

from __future__ import annotations

from typing import Final

# See phrases_recipient on how these are written.

_HOST: Final = r"(?:\bip\b|\bip address|\bhost|\bclient|\bserver|\bnetwork|\bmta\b|\brelay|\bsite|\bsubnet|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\]?)"
_SENDER: Final = r"(?:sender|from address|mail from|return[- ]path|envelope from|originator|from domain)"

NORELAYING: Final = (
    r"\brelay\w*\b[^.;,]{0,25}\b(?:denied|not (?:be )?(?:permitted|allowed|authori[sz]ed|supported|available)|prohibited|refused|disallowed|forbidden|restricted|disabled|failed)",
    r"\b(?:no|not|cannot|can'?t|unable to|don'?t|will not|won'?t|permitted to|allowed to|denied|refus\w+ to) relay",
    r"(?:rcpthosts|insecure (?:mail )?relay|not (?:a |an )?(?:open )?relay|not (?:a )?gateway|we do not relay|domain (?:is )?not (?:local|hosted|handled) here)",
    r"(?:address|identit(?:y|ies)|domain)\b[^.;,]{0,12}\bnot verified",
)

AUTHFAILURE: Final = (
    r"\bspf\b|\bdkim\b|\bdmarc\b|sender policy framework|domainkeys|\bsender ?id\b[^.;,]{0,30}fail",
    r"unauthenticated (?:e-?mail|mail|messages?)\b|sender is unauthenticated",
    r"authentication information|authentication (?:level|requirements)|pass(?:es)? authentication",
)

REQUIREPTR: Final = (
    r"reverse[- ]?(?:dns|lookup|name|host|mapping|resolution|address|entry|record|look-up)|\brdns\b|\bptr\b|fc-?rdns|forward[- ]confirmed",
    r"(?:cannot|can'?t|could ?n[o']t|unable to|failed to) (?:find|resolve|verify|look ?up) (?:your|the client|client|sending|connecting) (?:\w+ )?(?:host ?name|name|address|ip|host|server)",
    r"unverif\w+ (?:\w+ )?(?:ip|host|client|address)|(?:client|your) (?:host|ip|address)\b[^.;,]{0,20}\b(?:does not resolve|has no (?:name|dns|hostname))",
)

NOTCOMPLIANTRFC: Final = (
    r"\brfc[ -]?\d{3,4}\b[^.;,]{0,20}\b(?:complian|violat|conform|require)|(?:not|non)[- ](?:rfc|standards?)[- ]?complian|\brfc[ -]?(?:822|2822|5322|5321)\b",
    r"multiple (?:\w+ )?(?:addresses in from|from|subject|sender|date|to|header)|(?:missing|no|invalid|duplicate\w*|malformed|bad) (?:or \w+ )?(?:valid )?[\"'`]?(?:from|date|message-?id|to|subject)[\"'`:]? ?(?:header|field|line)?(?:$|[ .,;:])(?=.{0,40}(?:header|field|line|$))",
    r"bare (?:lf|cr|line ?feed|newline)",
)

BADREPUTATION: Final = (
    r"\breputation\b|(?:low|poor|bad) (?:sender |trust |ip )?score|senderbase|sender ?score",
)

VIRUSDETECTED: Final = (
    r"\bvirus(?:es)?\b|\bmalware\b|\binfected\b|\btrojan|\bworm\b|\bmalicious\b|вирус|вірус",
)

SPAMDETECTED: Final = (
    r"\bspam(?:my|ming)?\b|\bube\b|\buce\b|unsolicited|\bjunk\b|\bbulk e?-?mail|spam ?score|black ?listed (?:url|link|uri|domain in)",
    r"content\b[^.;,]{0,20}\b(?:rejected|blocked|refused|denied|filter\w*|detected)|(?:rejected|refused|blocked) (?:due to|because of|by|for) (?:\w+ )?content",
    r"(?:^|[^a-z])(?:this )?(?:mail|message|e-?mail) (?:was |is |has been |has )?(?:rejected|rejet[eé]e?|refus[eé]e?|looks suspicious|abgelehnt)(?:[ .;,]*$|\.)|similar to (?:other )?messages|message (?:was )?(?:scored|classified|identified|considered|flagged)",
    r"спам|pourriel|correo no deseado|迷惑メール",
)

SPEEDING: Final = (
    r"(?:at|with) (?:a|too high a) rate|(?:rate|ratio)[- ]?(?:limit|control|is too|exceed)|(?:exceed|limit)\w*\b[^.;,]{0,30}\brate\b|too (?:fast|quickly|frequent\w*|often)|throttl",
    r"sending (?:too|limit|rate)|(?:mail|message)s? (?:flood|volume)|(?:daily|hourly) (?:sending |mail |message )?(?:limit|quota)|too many (?:\w+ )?(?:messages?|mails|e-?mails)\b",
)

TOOMANYCONN: Final = (
    r"too many (?:\w+ ){0,2}(?:connections?|sessions?|recipients?|rcpts?|hosts|concurrent|simultaneous|processes|invalid recipients|errors)",
    r"(?:maximum|max|limit|number)\b[^.;,]{0,25}\b(?:connections?|sessions|recipients)\b|connections?\b[^.;,]{0,12}\b(?:frequency|rate|limit|count|throttl)",
)

BLOCKED: Final = (
    r"\bdns-?[br]l\b|\b\w{0,4}rbl\b|\bdnsbl|real-?time (?:black|block)|spamhaus|spamcop|sorbs|\bcbl\b|barracudacentral|abuseat|uceprotect|surbl",
    _HOST + r"[^.;,]{0,60}?\b(?<!connection )(?:black-?list|black list|block ?list|block-?list|block list|listed|blocked|banned|rejected|refused|denied|prohibited|forbidden|not allowed|not welcome|blacklisted)",
    r"(?:black ?list|block ?list|reject(?:ed)?|block(?:ed)?|den(?:y|ied)|refus\w+|banned)[^.;,]{0,30}\b(?:your|sending|this|from|client|from the|connecting|sender'?s?) (?:\w+ )?(?:ip|host|server|network|address range|mta|isp)\b",
    r"\b(?:on|in) (?:our|the|a|their) (?:\w+ )?(?:block|black|deny|reject)[- ]?list|\bopen[- ](?:relay|proxy)|no access from|invalid ip\b|messages from \d",
    r"\b(?:dynamic|dial-?up|residential|generic)\b[^.;,]{0,20}\b(?:ip|address|host|range|pool)|\b(?:helo|ehlo)\b[^.;,]{0,30}\b(?:reject|invalid|denied|refus|bad|not|mismatch|command)|(?:invalid|bad|forged|fake) (?:helo|ehlo)|name was rejected|invalid domain name",
    r"\byou(?:r \w+)? (?:are|is|have been|has been|was) (?:currently |temporarily |permanently )?(?:blocked|listed|banned|black ?listed)|\bblack ?list(?:ed|s)?\b|\bblock ?list|gr[ea]y-?list|\bbanned\b|geograph|\babus(?:e|ive)\b(?! report)",
    r"unwanted messages|(?:connection|service) (?:was |is )?(?:refused|rejected|denied|blocked|not (?:accepted|permitted|available) (?:for|from|to))(?= (?:from|by|for|due|to|because))",
)

POLICY: Final = (
    r"(?:for|due to|by|of|to|because of|violat\w+) (?:the |our |this |a )?(?:\w+ )?polic(?:y|ies)\b|policy (?:reasons?|violation)",
)
DANGEROUS: Final = (r"potential(?:ly)? (?:security|dangerous|harmful)|content presents",)

POLICYVIOLATION: Final = (
    r"\bpolic(?:y|ies)\b|\bviolat\w+|administrative(?:ly)? (?:prohibit|den|reject|refus|block)\w*|network not allowed",
    r"(?:message|mail|content|attachment|file|extension|header)s?\b[^.;,]{0,20}\b(?:not (?:allowed|permitted|accepted)|prohibited|forbidden|unacceptable|banned)",
    r"mass mail|organi[sz]ational settings|\b(?:do not|don'?t|will not|won'?t) accept (?:messages?|mail|e-?mail)|message (?:was |has been |is )?refused|illegal attachment|captcha",
    r"(?:attachment|file type|executable|header)s?\b[^.;,]{0,20}\b(?:error|denied|reject\w+|blocked|refused)",
)

UNAUTHORISED: Final = (
    r"\bnot[ -]?authori[sz]ed|unauthenticated|unauthori[sz]ed|authentication (?:is )?(?:required|failed|turned)|not authenticated|auth\w* ?required|requires? (?:smtp )?auth\w*",
)

REJECTED: Final = (
    _SENDER + r"\b[^.;,]{0,60}?\b(?:reject\w*|denied|refused|not (?:be )?(?:allowed|exist|accept\w*|permitted|valid|verif\w+|found|trusted)|does ?n[o']t (?:exist|resolve)|invalid|unknown|verif\w+|fail\w*|blocked|blacklisted|could ?n[o']t)",
    r"(?:rejected|refused|denied|blocked|unroute?able|invalid|unknown|bad|unverified|black ?listed|verify|verif\w+)(?: the| this| your)? (?:\w+ )?(?:sender|from address|originator|return path)",
    r"(?:domain|host(?:name)?)s? of (?:the )?sender|(?:you|sender)s? (?:are|is) not (?:a )?(?:member|subscri|allowed|permitted)|(?<!ip )address (?:that )?(?:is|has been|was) black ?listed",
    r"(?:user|customer|recipient|member) complaints|(?:only|closed|restricted|moderated)[^.;,]{0,30}\b(?:members?|subscribers?|post\w*|list)\b|non-?members?|not a member",
    r"(?:permission|allowed|right)\b[^.;,]{0,20}\bto (?:post|send|write)|access (?:is |was )?denied",
    # A group that the sender may not write to, by the words for group and for permission.
    r"(?:\bgroup|\bgrupp|\bgrupo|\bgroep|\bgrup|\bcsoport|\bryhm|\bskupin|\bgrúp|групп|\bгруп|ομάδα|グループ|群组|群組|그룹|مجموعة|گروه|קבוצ|กลุ่ม|nhóm|समूह)"
    r".{0,220}?(?:permission|permís|berechtig|autoris|permis|permess|toestemming|tillatels|tilladels|behörighet|разреш|\bправ|дозв|δικαίωμα|権限|权限|權限|권한"
    r"|oprávn|povolen|engedél|jogosult|uprawn|oikeu|izni|izin|rettighed|dozvol|dopušt|leid|atļauj|pahintulot|مصرح|إذن|مجوز|אישור|הרשא|อนุญาต|สิทธิ์|quyền|अनुमति)",
)
