  done();
}
function b() {
  done();
}
