"""Rule-based reading of text in any language: lines, sentences, words, and the facts that it states."""
