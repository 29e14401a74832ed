import os


class Order:
    def total(self):
        result = 0
        for line in self.lines:
            result += line.price
        return result

    def count(self):
        if not self.lines:
            return 0
        return len(self.lines)
