"""Reading what others bring: a delegation's list; each kind of file is a module of its own."""
