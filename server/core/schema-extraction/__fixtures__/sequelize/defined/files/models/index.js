const Sequelize = require("sequelize");
const db = {};
db.Post.belongsTo(db.User, { as: "author" });
module.exports = db;
