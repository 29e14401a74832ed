class A:
    def f(self):
        log()
        return 2
