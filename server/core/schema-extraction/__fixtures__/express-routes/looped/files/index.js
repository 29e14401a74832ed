const express = require("express");
const authRoute = require("./auth.route");
const userRoute = require("./user.route");

const router = express.Router();

const routes = [
  { path: "/auth", route: authRoute },
  { path: "/users", route: userRoute },
];

routes.forEach((each) => {
  router.use(each.path, each.route);
});

const app = express();
app.use("/v1", router);
