"""The mall's pulse: the living map, what is the matter, and the figures of many days."""
