say("hello", 'you')
