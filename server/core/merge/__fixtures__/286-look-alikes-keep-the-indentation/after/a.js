  say("a");
if (b) {
    say("b");
}
