"""What outlives a request and is shared by replicas: keys, counts, terms, reviewed wording. No letters."""
