call(1) 
x
call(1)	
