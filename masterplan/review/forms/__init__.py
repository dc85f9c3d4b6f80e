"""What is asked before a step or an act of the desk."""
