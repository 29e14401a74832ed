class A:
    def f(self):
        save()
