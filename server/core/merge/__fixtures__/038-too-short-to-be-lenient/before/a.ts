  if (a) {
    b
  }
