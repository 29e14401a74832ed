const { Router } = require("express");
const posts = Router();
posts.get("/:id", function show(req, res) {});
module.exports = { posts };
