class A:
    def f(self):
        a()

        c()

        b()
