export function saveBlogEntry(blogEntry: string) {
  return blogEntry;
}
export function listBlogEntries() {
  return [];
}
