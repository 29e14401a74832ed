int f(void)
{
    a();
#ifdef X
    b();
#endif
    c();
}

int g(void)
{
    c();
}
