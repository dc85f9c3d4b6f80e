"""Actions on regencies, agencies, memberships and notices."""
