go("x")
go("x")
