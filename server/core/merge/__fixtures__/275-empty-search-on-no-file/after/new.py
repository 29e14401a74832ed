def three():
    pass
