def get_team(db):
    return db.team


def get_place(db):
    return db.place
