"""Wordings that name a machine, the way between machines, or time as the reason."""

from __future__ import annotations

from typing import Final

# See phrases_recipient on how these are written.

NAMESERVICE: Final = (
    r"name (?:service|server)\b[^.;,]{0,60}\b(?:try again|malformed|unexpected|timed? ?out|refused|servfail|no response)",
    r"(?:malformed|unexpected|no)\b.{0,20}\bname ?server (?:reply|response|answer)",
    r"\bdns\b[^.;,]{0,20}\b(?:query|lookup|server|resolution|service|domain)?\b[^.;,]{0,12}\b(?:failed|timed? ?out|error|servfail|unavailable|temporar\w+)\b(?!: host)|host not found, try again|(?:host ?name|name ?server)\b[^;,]{0,60}\blookup fail",
)

NETWORKERROR: Final = (
    r"hop count|too many hops|(?:maximum|max) hops?|\b(?:mail|routing|forwarding|message|delivery|smtp|forward) ?(?:is )?(?:in a )?loop|loop(?:s back| detected|ing)|too many received",
    r"no route to host|network (?:is )?(?:unreachable|down|error)|host (?:is )?(?:unreachable|down)|route to (?:host|remote)|connection (?:was )?(?:reset|refused|lost|dropped|closed|aborted|failed|died)|lost connection|conversation with",
    r"(?:unable|not able|n'?t able|failed|cannot|can'?t|could ?n[o']t)(?: to)? (?:establish|open|make|create|connect|contact|reach)\b|network error|(?:bad|broken) connection|handshake",
)

OVERDUE: Final = (r"\b(?:message|delivery|retry|queue)\b[^.;,]{0,20}\b(?:expired|time ?out exceeded|period exceeded)|not accept\w*\b[^.;,]{0,24}\bconnect|\bhost (?:is )?not reachable",)

EXPIRED: Final = (
    r"\b(?:message|delivery|retry|time|mail|queue)\b[^.;,]{0,25}\b(?:expired|time ?out|timed? ?out|exceeded)|\btimed? ?-?out\b|time limit",
    r"(?:could|can|has) ?n[o']t (?:been |be )?(?:delivered|sent|send\w*|deliver\w*)\b[^.;,]{0,40}\b(?:for|after|within|in) (?:the last |more than |over |past )?\d|for (?:the )?(?:last|past) \d|cannot send message",
    r"(?:failing|undeliverable|undelivered|queue|tr(?:y|ied|ying))\b[^.;,]{0,30}\b(?:long time|too long|for \d|several|days|hours)|(?:giv(?:e|en|ing) up|stopped trying) after|(?:maximum|max|too many) (?:number of )?(?:retr|attempt|deliver)",
    r"\bdelay(?:ed)?\b|\bdeferr?ed\b|will be (?:re)?tried|still being retried|will (?:continue|keep) (?:to )?try|attempts? will continue|not (?:yet )?(?:been )?delivered (?:yet|within)|delivery time",
)

SYSTEMFULL: Final = (
    r"no space left|insufficient (?:system |disk |mail )?(?:storage|resources|space)|(?:disk|file ?system|spool|system|partition)\b[^.;,]{0,15}\b(?:is )?full\b|out of (?:disk|memory)|(?:low on|not enough) disk",
)

MAILERERROR: Final = (
    r"\bprocmail\b|\bmaildrop\b|\bmailer (?:error|failed|died|returned)|(?:pipe|command|program|script|filter|child|process)\b[^.;,]{0,30}\b(?:failed|died|returned|exit\w*|error|terminated|status|output)|local delivery (?:failed|agent)|exit (?:status|code)|can'?t create (?:output|user)|(?:unable|failed) to (?:execute|run)|broken \.?forward|\.forward\b",
)

SYNTAXERROR: Final = (
    r"syntax error|(?:command|parameter|argument|verb)s?\b[^.;,]{0,30}\b(?:not|un)[ -]?(?:recogni[sz]ed|implemented|supported|allowed|known|expected)|(?:bad|improper|wrong|invalid|out of) (?:\w+ )?(?:sequence|order)|(?:unrecogni[sz]ed|unknown|unimplemented|bad|illegal|invalid|unsupported) (?:smtp )?(?:command|parameter|argument)",
)

CONTENTERROR: Final = (
    r"headers? (?:are |is )?too (?:large|long|big|many)|too many (?:headers?|parts|attachments)|header size|\bmime\b|content[- ](?:type|transfer)|charset|character set|8-?bit|binarymime|conversion|improper\w* (?:format|header|message)|malformed|(?:message|mail) format|invalid content|\bunparse?able",
)

SECURITYERROR: Final = (
    r"authenticat\w+|authori[sz]\w+|\bauth\b|starttls|\btls\b|\bssl\b|certificate|encrypt\w+|\blog ?in\b|credential|password|security",
)

SYSTEMERROR: Final = (
    r"(?:internal|system|local|server|configuration|fatal|database|software|unexpected)\b[^.;,]{0,20}\b(?:error|failure|problem|fault)|queue file|write error|read error|i/o error|input/output",
    r"service\b[^.;,]{0,25}\b(?:unavailable|refused?|not available|shutting|down)|(?:try|retry)(?: again)? later|cannot (?:open|create|write|append|lock)|(?:permission denied|resources? temporarily)|loops? back to (?:my|it)self|duplicated? message-?id|transaction failed|\b(?:busy|overload\w*)\b|load (?:is )?too high|action aborted|lookup failed|unable to (?:complete|process|queue)|temporar(?:y|ily) (?:unavailable|unable|deferred)|lookup failure|misconfigur",
)

ONHOLD: Final = (r"\bon hold\b",)
