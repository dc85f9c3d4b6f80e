"""How far initiatives are after approval: quarters, what is late or stale, money, indicators. Pure, without tables."""
