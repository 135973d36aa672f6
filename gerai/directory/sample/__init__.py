"""The sample mall's catalogue, shipped with the product."""
