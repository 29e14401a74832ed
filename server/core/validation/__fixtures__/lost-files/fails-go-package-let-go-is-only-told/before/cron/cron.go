package cron

type Entry struct{}

func New() *Entry {
	return &Entry{}
}
