"""Pages of the queue, of one review, of steps and of acts on many initiatives."""
