def f():
    log()
    save()
