value = 9
