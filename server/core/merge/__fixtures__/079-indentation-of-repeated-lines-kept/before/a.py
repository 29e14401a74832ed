class A:
    def f(self):
        a()  # odd
        b()
