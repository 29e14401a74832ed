const router = require("express").Router();
router.put("/:name", (req, res) => {});
module.exports = router;
