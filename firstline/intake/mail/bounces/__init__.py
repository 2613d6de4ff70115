"""What a delivery report says: who was not reached, and why.

Which rule reads which class of bounce:

| class of report | read by |
|---|---|
| message/delivery-status, one or many recipients (RFC 3464, RFC 6533) | `fields` |
| the same fields inside plain text, quoted or out of a broken MIME | `fields`, on the report part of the text |
| a line that opens with the address, its words behind or below it | `prose`, opened |
| an address inside a sentence that tells of a failure | `prose`, mentioned |
| SMTP transcripts (`>>> RCPT TO`, `<<< 550`) | `prose` for the recipient, `reasons` for the command refused |
| X-Failed-Recipients (Exim, Gmail and others) | `interpret`, it limits what `prose` takes |
| JSON events of a sending service (SES) | `events` |
| nobody named | `interpret`, the To of the message that came back |

Which rule names the reason, in this order: exact wordings (`phrases_*`), exact codes (`codes.EXACT`, RFC 3463),
plain and weak wordings, the text around, likely codes (`codes.LIKELY`), SMTP reply codes (`codes.BY_REPLY`). What
is refused depends on the command refused (`reasons`). The names and their meaning are those published at
libsisimai.org/en/reason.
"""

from .interpret import read_bounces
from .recognise import is_report
from .returned import original_headers, original_message_id

__all__ = ["is_report", "original_headers", "original_message_id", "read_bounces"]
