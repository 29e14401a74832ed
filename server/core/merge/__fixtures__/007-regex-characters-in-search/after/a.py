m = re.fullmatch(r"(a|b)*", s)
n = 1
