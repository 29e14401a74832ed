alpha();
beta();
gamma();
