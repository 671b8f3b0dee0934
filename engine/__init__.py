"""The ground floor: diagrams, decisions, cases, jobs, timers, the vault. Runs without Flask."""
