"""How many counters and officers: exact figures, simulation, staffing. Pure."""
