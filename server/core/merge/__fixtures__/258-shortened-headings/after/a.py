class BaseClass(object):
    def search(self):
        raise NotImplementedError()


class Subclass(BaseClass):
    def search(self):
        return 1
