print("c")
print("d")
