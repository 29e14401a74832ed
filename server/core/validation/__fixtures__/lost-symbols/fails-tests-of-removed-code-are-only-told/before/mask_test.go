package web

import "testing"

func TestMask(t *testing.T) {
	if mask(nil) != 0 {
		t.Fail()
	}
}

func TestServe(t *testing.T) {
	if Serve() != 0 {
		t.Fail()
	}
}
