old(old(1));
old(2);
