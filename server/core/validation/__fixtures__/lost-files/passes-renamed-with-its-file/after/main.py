from app.notes import read_notes, create_note

read_notes()
create_note()
