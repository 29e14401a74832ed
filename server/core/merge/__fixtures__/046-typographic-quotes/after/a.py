say("bye", 'you')
