id_id
id_id
