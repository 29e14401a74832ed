x = 1
# etc
# the rest of the story is told in b.py
# other users may see it
# unchanged lines are skipped by the caller
