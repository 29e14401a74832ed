def get_user(db):
    return db.user


def get_team(db):
    return db.team
