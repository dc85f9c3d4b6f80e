"""How far initiatives are after their approval: quarters, what is late or stale, money, indicators. Pure: no database."""
