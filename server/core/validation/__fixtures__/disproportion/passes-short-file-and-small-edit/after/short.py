def step_1(value):
 
