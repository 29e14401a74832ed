package web

func Serve() int {
	return 0
}
