def lone():
    return 1


x = 1
