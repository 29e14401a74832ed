class A { // café
  int x = 2;
}
