export function NoteList() {
  return useNotes("notes");
}
