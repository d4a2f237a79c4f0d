"""A municipality's web site and a folder of its documents, made from the project's own letters, to try on."""
