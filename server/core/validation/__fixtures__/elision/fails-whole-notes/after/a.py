x = 1
# previous code remains
# Everything else stays the same
# ... previous implementation ...
# remaining methods unchanged
# same as before
