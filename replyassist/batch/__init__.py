"""Checking many pages at once: files, folders, addresses and whole web sites."""
