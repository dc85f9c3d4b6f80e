"""Development plans, their nodes, and the links of initiatives to them."""
