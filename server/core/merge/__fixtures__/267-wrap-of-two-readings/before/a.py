def f():
    save()
