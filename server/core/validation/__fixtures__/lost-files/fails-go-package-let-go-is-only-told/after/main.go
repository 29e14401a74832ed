package main

import "github.com/robfig/cron/v3"

func main() {
	cron.New()
}
