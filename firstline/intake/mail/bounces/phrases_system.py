"""Wordings that name a machine, the way between machines, or time as the reason."""

from __future__ import annotations

from typing import Final

# See phrases_recipient on how these are written.

NAMESERVICE: Final = (
    (
        r"name (?:service|server)\b[^.;,]{0,60}\b(?:try again|malformed|unexpected|timed? ?out"
        r"|refused|servfail|no response)"
    ),
    r"(?:malformed|unexpected|no)\b.{0,20}\bname ?server (?:reply|response|answer)",
    (
        r"\bdns\b[^.;,]{0,20}\b(?:query|lookup|server|resolution|service"
        r"|domain)?\b[^.;,]{0,12}\b(?:failed|timed? ?out|error|servfail|unavailable"
        r"|temporar\w+)\b(?!: host)(?!.{0,60}(?:not found|does not exist|no such|nxdomain|no data))"
    ),
    r"host not found, try again",
    r"lookup did not complete",
    r"(?:host ?name|name ?server)\b[^;,]{0,60}\blookup fail",
)

NETWORKERROR: Final = (
    r"hop count",
    r"too many hops",
    r"(?:maximum|max) hops?",
    r"\b(?:mail|routing|forwarding|message|delivery|smtp|forward) ?(?:is )?(?:in a )?loop",
    r"loop(?:s back| detected|ing)",
    r"remote host address is the local host",
    r"points to local host",
    r"no route to host",
    r"network (?:is )?(?:unreachable|down|error)",
    r"host (?:is )?(?:unreachable|down)",
    r"route to (?:host|remote)",
    r"connection (?:was )?(?:reset|refused|lost|dropped|closed|aborted|failed|died)",
    r"lost connection",
    r"conversation with",
    (
        r"(?:unable|not able|n'?t able|failed|cannot|can'?t|could ?n[o']t)(?: to)? (?:establish|open"
        r"|make|create|connect|contact|reach)\b"
    ),
    r"network error",
    r"(?:bad|broken) connection",
    r"handshake",
)

OVERDUE: Final = (
    r"\b(?:message|delivery|retry|queue|envelope)\b[^.;,]{0,20}\b(?:expired|time ?out exceeded"
    r"|period exceeded)",
    r"\btimed out\b",
    r"retry time not reached",
    r"long (?:failure )?period",
    r"not accept\w*\b[^.;,]{0,24}\bconnect",
    r"\bhost (?:is )?not reachable",
)

EXPIRED: Final = (
    (
        r"\b(?:message|delivery|retry|time|mail|queue)\b[^.;,]{0,25}\b(?:expired|time ?out"
        r"|timed? ?out|exceeded)"
    ),
    r"\btimed? ?-?out\b",
    r"time limit",
    (
        r"(?:could|can|has) ?n[o']t (?:been |be )?(?:delivered|sent|send\w*"
        r"|deliver\w*)\b[^.;,]{0,40}\b(?:for|after|within|in) (?:the last |more than |over |past )?\d"
    ),
    r"for (?:the )?(?:last|past) \d",
    r"cannot send message",
    (
        r"(?:failing|undeliverable|undelivered|queue|tr(?:y|ied|ying))\b[^.;,]{0,30}\b(?:long time"
        r"|too long|for \d|several|days|hours)"
    ),
    r"(?:giv(?:e|en|ing) up|stopped trying) after",
    r"(?:maximum|max|too many) (?:number of )?(?:retr|attempt|deliver)",
    r"(?:aborted|returned|failed) after [\d.]{1,5} ?(?:hour|day|minute)",
    r"\bdelay(?:ed)?\b",
    r"\bdeferr?ed\b",
    r"\b(?:was|been) frozen\b",
    r"failed \d{1,3} (?:delivery )?attempts",
    r"will be (?:re)?tried",
    r"still being retried",
    r"will (?:continue|keep) (?:to )?try",
    r"attempts? will continue",
    r"not (?:yet )?(?:been )?delivered (?:yet|within)",
    r"delivery time",
)

SYSTEMFULL: Final = (
    r"no space left",
    r"insufficient (?:system |disk |mail )?(?:storage|resources|space)",
    r"(?:disk|file ?system|spool|system|partition)\b[^.;,]{0,15}\b(?:is )?full\b",
    r"out of (?:disk|memory)",
    r"(?:low on|not enough) disk",
)

MAILERERROR: Final = (
    r"\bprocmail\b",
    r"\bmaildrop\b",
    r"\bmailer (?:error|failed|died|returned)",
    (
        r"(?:pipe|command|program|script|filter|child|process)\b[^.;,]{0,30}\b(?:failed|died|returned"
        r"|exit\w*|error|terminated|status|output)"
    ),
    r"local delivery (?:failed|agent)",
    r"exit (?:status|code)",
    r"can'?t create (?:output|user)",
    r"(?:unable|failed) to (?:execute|run)",
    r"broken \.?forward",
    r"\.forward\b",
)

REPEATED: Final = (r"duplicate header", r"too many ['`\"]?received")

SYNTAXERROR: Final = (
    r"syntax error",
    (
        r"(?:command|parameter|argument|verb)s?\b[^.;,]{0,30}\b(?:not|un)[ -]?(?:recogni[sz]ed"
        r"|implemented|supported|allowed|known|expected)"
    ),
    r"(?:bad|improper|wrong|invalid|out of) (?:\w+ )?(?:sequence|order)",
    (
        r"(?:unrecogni[sz]ed|unknown|unimplemented|bad|illegal|invalid"
        r"|unsupported) (?:smtp )?(?:command|parameter|argument)"
    ),
)

CONTENTERROR: Final = (
    r"headers? (?:are |is )?too (?:large|long|big|many)",
    r"too many (?:headers?|parts|attachments)",
    r"header size",
    r"\bmime\b",
    r"content[- ](?:type|transfer)",
    r"charset",
    r"character set",
    r"8-?bit",
    r"binarymime",
    r"conversion",
    r"improper\w* (?:format|header|message)",
    r"malformed",
    r"(?:message|mail) format",
    r"invalid content",
    r"\bunparse?able",
)

SECURITYERROR: Final = (
    r"authenticat\w+",
    r"authori[sz]\w+",
    r"\bauth\b",
    r"starttls",
    r"\btls\b",
    r"\bssl\b",
    r"certificate",
    r"encrypt\w+",
    r"\blog ?in\b",
    r"credential",
    r"password",
    r"security",
)

SYSTEMERROR: Final = (
    (
        r"(?:internal|system|local|server|configuration|fatal|database|software"
        r"|unexpected)\b[^.;,]{0,20}\b(?:error|failure|problem|fault)"
    ),
    r"queue file",
    r"write error",
    r"read error",
    r"i/o error",
    r"input/output",
    r"service\b[^.;,]{0,25}\b(?:unavailable|refused?|not available|shutting|down)",
    r"(?:try|retry)(?: again)? later",
    r"(?:cannot|could not|unable to) (?:open|create|write|append|lock|load|read)",
    r"(?:resources? temporarily)",
    r"loops? back to (?:my|it)self",
    r"duplicated? message-?id",
    r"transaction failed",
    r"\b(?:busy|overload\w*)\b",
    r"load (?:is )?too high",
    r"action aborted",
    r"lookup failed",
    r"unable to (?:complete|process|queue)",
    r"temporar(?:y|ily) (?:unavailable|unable|deferred)",
    r"lookup failure",
    r"misconfigur",
)

ONHOLD: Final = (r"\bon hold\b",)
