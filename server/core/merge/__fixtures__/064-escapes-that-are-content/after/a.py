print("a\tb")
