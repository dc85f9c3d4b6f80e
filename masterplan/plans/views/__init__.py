"""Pages of RPJMD and Renstra, their comparison and their lists as Excel."""
