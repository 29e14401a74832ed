package store

import "errors"

type Store struct {
	items map[string]int
}

func (s *Store) Get(key string) (int, error) {
	value, ok := s.items[key]
	if !ok {
		return 0, errors.New("missing")
	}
	return value, nil
}

func (s *Store) Drop(key string) {
	delete(s.items, key)
}
