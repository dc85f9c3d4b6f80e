"""Pages about the whole regency: overview, coverage, deadlines, reminders, letters, plenary."""
