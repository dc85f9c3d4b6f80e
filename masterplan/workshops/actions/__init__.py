"""What changes a stage of the bimtek and who takes part: keyword-only, `by=` the actor, atomic."""
