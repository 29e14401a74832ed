import { saveBlogEntry, listBlogEntries } from "./post";
saveBlogEntry("a");
listBlogEntries();
