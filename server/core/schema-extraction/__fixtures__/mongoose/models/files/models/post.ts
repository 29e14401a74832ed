import mongoose, { Schema, model } from "mongoose";

interface IPost {
  title: string;
}

const postSchema = new Schema<IPost>({ _id: Number, title: { type: String, required: true } });

export const Post = mongoose.models.Post || model<IPost>("Post", postSchema);
