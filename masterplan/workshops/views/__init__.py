"""Pages of the stages, their materials, papers, attendance and calendar."""
