f(x, x);
