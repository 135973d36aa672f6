#!/usr/bin/env python
"""Django's usual door, for tools that look for it."""

from config.command import main

if __name__ == "__main__":
    main()
