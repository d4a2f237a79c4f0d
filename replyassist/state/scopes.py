"""What a key can open."""

USUAL_SCOPES = ("identify", "assess", "translate", "reply", "files", "pages")
SCOPES = (*USUAL_SCOPES, "terms", "memory", "insights", "metrics")
