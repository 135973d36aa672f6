"""What readers and moderators type into the newsroom's pages."""
