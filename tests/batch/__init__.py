"""Tests of replyassist.batch; a package, so that worker processes can import from it."""
