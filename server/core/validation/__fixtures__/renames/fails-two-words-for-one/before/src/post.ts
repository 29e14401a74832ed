export function savePost(post: string) {
  return post;
}
export function listPosts() {
  return [];
}
