def f():
    if a:
        b()
        if c:
            d()
