value = 13
