"""The bimtek: stages, who takes part, materials, outputs, papers."""
