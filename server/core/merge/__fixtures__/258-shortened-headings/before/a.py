class BaseClass(object):
    def search(self):
        pass


class Subclass(BaseClass):
    def search(self):
        pass
