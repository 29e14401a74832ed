const express = require("express");
const controller = require("../controllers/users");
const router = express.Router();

router.get("/", controller.list);
router.post("/", validate(schema), controller.create);
router.delete("/:id", asyncHandler(controller.remove));

module.exports = router;
