  done();
}
function b() {
  finish();
}
