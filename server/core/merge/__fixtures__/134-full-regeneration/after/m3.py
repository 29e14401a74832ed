value = 33
