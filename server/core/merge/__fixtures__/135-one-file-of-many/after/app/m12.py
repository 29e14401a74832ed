value = 12
