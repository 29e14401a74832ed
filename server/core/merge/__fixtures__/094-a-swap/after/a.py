second()
first()
