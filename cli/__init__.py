"""The `kaihu` command: set up, run, look after and fill an installation."""
