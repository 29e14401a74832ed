  say("a");
if (b) {
    say("a");
}
