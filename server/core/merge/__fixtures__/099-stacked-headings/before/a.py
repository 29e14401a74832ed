class A:
    def f(self):
        x()
    def g(self):
        x()


class B:
    def f(self):
        x()
    def g(self):
        x()
