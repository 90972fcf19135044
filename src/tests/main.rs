mod islands;
mod sandbox;
fn main(){}
