const Total = 1;
