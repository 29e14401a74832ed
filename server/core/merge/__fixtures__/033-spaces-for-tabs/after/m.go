package main

func main() {
	if ready {
		prepare()
		run()
	}
}
