x
call(beta)
