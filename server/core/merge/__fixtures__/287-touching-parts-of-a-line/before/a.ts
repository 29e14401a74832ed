f(alpha, beta);
