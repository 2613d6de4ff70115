"""What a delivery report says: who was not reached, and why."""

from .interpret import read_bounces
from .recognise import is_report
from .returned import original_headers, original_message_id

__all__ = ["is_report", "original_headers", "original_message_id", "read_bounces"]
