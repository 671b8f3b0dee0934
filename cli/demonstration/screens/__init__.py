"""The product as people meet it: a running copy of its own, a browser, and what one does in front of its pages.

Needs Chromium and the development dependencies. `kaihu screenshots` and the browser tests share these words.
"""
