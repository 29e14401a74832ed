const express = require("express");
const router = express.Router();
router.route("/:id").get((request, response) => response.end());
module.exports = router;
