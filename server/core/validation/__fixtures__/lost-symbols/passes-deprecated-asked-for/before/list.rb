puts list.index(1)
