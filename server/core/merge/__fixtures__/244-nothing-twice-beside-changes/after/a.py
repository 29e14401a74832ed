first()
two()
four()
