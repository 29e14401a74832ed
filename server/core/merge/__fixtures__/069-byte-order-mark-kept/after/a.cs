using System;
using X;
class A {}
