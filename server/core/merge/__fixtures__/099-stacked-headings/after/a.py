class A:
    def f(self):
        x()
    def g(self):
        x()


class B:
    def f(self):
        y()
    def g(self):
        x()
