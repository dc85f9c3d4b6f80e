"""Pages of the queue, of one review, of transitions and of bulk actions."""
