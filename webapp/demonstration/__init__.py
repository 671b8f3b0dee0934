"""What a demonstration adds to the web. `blueprint` is imported only when there is one: see webapp.app."""
