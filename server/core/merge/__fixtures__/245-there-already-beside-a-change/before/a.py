first = 2
other = 1
