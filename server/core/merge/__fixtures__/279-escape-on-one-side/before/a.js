say("a");
say("b");
