pаth = 1
