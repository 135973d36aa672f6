"""Pages on which a mall's admin keeps what the mall is."""
