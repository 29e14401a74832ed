const express = require("express");
const users = require("./routes/users");
const { posts } = require("./routes/posts");

const app = express();
app.get("title");
app.use(express.json());
app.get("/health", (req, res) => res.send("ok"));
app.use("/api/users", requireLogin, users);
app.use("/api/posts", posts);
app.use("/files", require("./routes/files"));
app.route("/book").get(showBook).post(addBook);
app.all(["/a", "/b"], handle);
module.exports = app;
