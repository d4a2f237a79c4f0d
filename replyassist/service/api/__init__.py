"""Our own API, /api/v1: its addresses, what they take and give, and the document that describes it."""
