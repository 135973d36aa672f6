"""A recorded day, played through the HTTP doors on a simulated clock."""
