"""Kaihu's condition language: a linted subset of FEEL (OMG DMN 1.4, chapter 10)."""
