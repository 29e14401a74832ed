go(user_id, user_id);
