package web

func mask(headers []string) int {
	return len(headers)
}

func Serve() int {
	return mask(nil)
}
