pub fn longest<'a>(a: &'a str) -> &'a str {
    let open = '{';
    if a.len() > 3 {
        a
