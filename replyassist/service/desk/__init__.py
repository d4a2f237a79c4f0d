"""The caseworker's page: the form with message, draft and reply, and what becomes of it."""
