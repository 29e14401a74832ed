m = re.match(r"^(a|b)*$", s)
n = 1
