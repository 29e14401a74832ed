package models

import "gorm.io/gorm"

type Base struct {
	ID uint `gorm:"primaryKey" json:"id"`
}

type User struct {
	Base
	Email    string  `gorm:"size:120;not null;uniqueIndex" json:"email"`
	Nick     *string `json:"nick,omitempty"`
	Posts    []Post
	Password string `json:"-"`
	First, Last string
}

func (User) TableName() string { return "people" }

type Post struct {
	gorm.Model
	Title string `gorm:"default:untitled"`
}

type CreateUserRequest struct {
	Email string `json:"email" binding:"required"`
}

type config struct {
	path string
}
