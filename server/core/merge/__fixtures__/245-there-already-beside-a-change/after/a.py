first = 2
other = 3
