package main

import "example.org/a/cron"

func main() {
	cron.New()
}
