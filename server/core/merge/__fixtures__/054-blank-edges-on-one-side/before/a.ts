alpha();
beta();
