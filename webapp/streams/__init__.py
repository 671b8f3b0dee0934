"""Event streams: what a page is told while it lies open, and the relay through which calls reach each other."""
