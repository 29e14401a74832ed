package store

import "errors"

type Store struct {
	items map[string]int
}

func (s *Store) Get(key string) (int, error) {
	value, ok := s.items[key]
	if !ok {
		return 0, errors.New("no such key")
	}
	return value, nil
}
