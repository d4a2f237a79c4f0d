"""What a key can open."""

SCOPES = ("identify", "assess", "translate", "reply", "files", "pages", "terms", "insights", "metrics")
USUAL_SCOPES = ("identify", "assess", "translate", "reply", "files", "pages")
