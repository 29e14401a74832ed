fresh(fresh(1));
fresh(2);
