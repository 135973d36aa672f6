"""What is written to guests: the answer letter, and invitations as calendar files."""
