"""One page a file, and the frame that all of them begin with."""
