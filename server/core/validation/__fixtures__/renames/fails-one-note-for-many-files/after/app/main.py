from app import notes

notes.read_notes()
