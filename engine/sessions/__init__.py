"""Sessions: what somebody signed, recorded so that it can be played again with the same events."""
