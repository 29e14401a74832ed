import os


class Order:
    def total(self):
        result = 0
        for line in self.lines:
            result += line.price
        return result

    def count(self):
        return len(self.lines)
