"""Pages of alignment: matrix, gaps, flow, checks, links and carrying over to the next period."""
