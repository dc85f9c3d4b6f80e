"""The bimtek: stages, who takes part, papers, later deadlines."""
