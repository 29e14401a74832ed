name = "Zoë 🌱"
other = "日本"
