"use strict";

module.exports = (sequelize, DataTypes) => {
  const User = sequelize.define(
    "User",
    {
      id: { type: DataTypes.UUID, defaultValue: DataTypes.UUIDV4, primaryKey: true },
      email: { type: DataTypes.STRING(120), allowNull: false, unique: true },
      role: { type: DataTypes.ENUM("admin", "member"), defaultValue: "member" },
      age: DataTypes.INTEGER,
      tags: DataTypes.ARRAY(DataTypes.STRING),
      teamId: { type: DataTypes.INTEGER, references: { model: "teams", key: "id" } },
    },
    { tableName: "users" },
  );
  User.associate = (models) => {
    User.hasMany(models.Post, { as: "posts", foreignKey: "authorId" });
  };
  return User;
};
