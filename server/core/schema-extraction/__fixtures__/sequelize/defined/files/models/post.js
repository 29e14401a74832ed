const { Model, DataTypes } = require("sequelize");

class Post extends Model {
  static init(sequelize) {
    return super.init({ title: { type: DataTypes.STRING, allowNull: false }, live: DataTypes.BOOLEAN }, { sequelize, tableName: "posts" });
  }
}

module.exports = Post;
