"""How everything looks; knows nothing of the mall."""
