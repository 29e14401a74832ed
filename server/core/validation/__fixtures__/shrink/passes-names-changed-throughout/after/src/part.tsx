import { NoteService } from "./client";

export function NotePart() {
  const notes = NoteService.readNotes(1);
  return notes;
}
