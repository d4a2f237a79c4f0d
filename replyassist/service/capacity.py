"""How much one process takes on at once."""

WAITING = 32  # requests in work or waiting for a thread; one more is refused
THREADS = WAITING + 8  # some are left to say that the server is busy
TRANSLATIONS = 16  # in work or waiting; they must not take the place of those who only have a draft read
