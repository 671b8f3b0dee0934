"""What stands between Kaihu and the world outside: each driver is an interface and a local one that says what it is."""
