alpha();
delta();
gamma();
