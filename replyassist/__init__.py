"""replyassist: plain-language and multilingual reply assistant."""
