"""What differs between two editions, subject by subject. Pure functions on two snapshots."""
