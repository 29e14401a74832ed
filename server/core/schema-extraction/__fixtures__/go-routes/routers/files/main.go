package main

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
)

func main() {
	r := gin.Default()
	r.GET("/health", health)
	api := r.Group("/api")
	v1 := api.Group("v1", auth())
	{
		v1.POST("/users", createUser)
		v1.GET("/users/:id", log, getUser)
	}
	api.Any("/any", func(c *gin.Context) {})
	cache.Get("key", fallback)
}

func routes() {
	r := chi.NewRouter()
	r.Get("/", index)
	r.Route("/articles", func(r chi.Router) {
		r.Use(paginate)
		r.Get("/", list)
		r.Route("/{id}", func(r chi.Router) {
			r.Delete("/", remove)
		})
	})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /items/{id}", getItem)
	http.Handle("/static/", files)
	router.HandleFunc("/books", books).Methods("GET", "POST")
}
