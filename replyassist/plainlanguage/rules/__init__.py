"""What makes a text hard, found by rules: wordings and terms from data, structure by kinds written here."""
