"""What is given out of a visit: papers and a story. Papers of a mall are in Indonesian."""
