const mongoose = require("mongoose");
const { Schema } = mongoose;

const userSchema = new Schema(
  {
    email: { type: String, required: true, unique: true },
    name: String,
    role: { type: String, enum: ["admin", "member"], default: "member" },
    age: { type: Number, required: [true, "Say your age"] },
    posts: [{ type: mongoose.Schema.Types.ObjectId, ref: "Post" }],
    team: { type: Schema.Types.ObjectId, ref: "Team" },
    tags: [String],
    address: { street: String, city: String },
  },
  { timestamps: true, collection: "people" },
);

userSchema.methods.greet = function () {};
module.exports = mongoose.model("User", userSchema);
