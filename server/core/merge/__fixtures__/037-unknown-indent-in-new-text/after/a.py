class A:
    def f(self):
        for x in y:
            for z in x:
                go(z)
