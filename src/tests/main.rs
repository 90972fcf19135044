mod islands;
mod sandbox;
mod support;
mod flows;
fn main(){}
