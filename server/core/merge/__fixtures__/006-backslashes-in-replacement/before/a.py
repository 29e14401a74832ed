p = "x"
