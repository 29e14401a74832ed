id
id
