"""From a source to updates: live in threads, or offline in lockstep."""
