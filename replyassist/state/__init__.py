"""What outlives a request and is shared by replicas: keys, counts, terms, reviewed wording. No letters."""

from replyassist.state.database import Database

__all__ = ["Database"]
