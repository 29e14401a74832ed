const express = require("express");
const router = express.Router();
router.post("/login", (request, response) => response.end());
module.exports = router;
