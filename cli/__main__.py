"""`python -m cli` is the `kaihu` command; the supervisor starts its parts so."""

from cli.main import main

main()
