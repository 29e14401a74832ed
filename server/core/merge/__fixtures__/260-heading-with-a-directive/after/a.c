int f(void)
{
    a();
#ifdef X
    b();
#endif
    d();
}

int g(void)
{
    c();
}
