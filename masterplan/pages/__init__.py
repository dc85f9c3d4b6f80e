"""What pages of several subjects share: loading with 404, what comes first, locked plans, the state of jobs."""
