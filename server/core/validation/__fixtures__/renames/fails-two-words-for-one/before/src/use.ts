import { savePost, listPosts } from "./post";
savePost("a");
listPosts();
