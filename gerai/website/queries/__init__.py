"""What the pages of the website show."""
