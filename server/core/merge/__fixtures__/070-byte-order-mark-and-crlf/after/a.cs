b
a
