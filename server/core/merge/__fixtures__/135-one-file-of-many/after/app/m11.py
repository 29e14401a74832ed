value = 11
