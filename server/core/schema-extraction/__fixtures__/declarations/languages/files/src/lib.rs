pub struct Task { pub id: u32 }
pub fn run() {}
fn hidden() {}
