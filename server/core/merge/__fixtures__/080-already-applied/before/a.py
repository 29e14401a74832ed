limit = 20
