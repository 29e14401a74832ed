class A:
    def f(self):
        log()
        save()
