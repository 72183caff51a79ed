use atau::{Registry,Scheme};
fn main(){ let r=Registry::builtin(); let mut t=String::new(); for n in r.entities().iter().flat_map(|e|&e.names).filter(|n| n.lang.as_deref()==Some("ru")) { for w in n.text.split_whitespace(){ t.push_str(&w.to_lowercase()); t.push(' ');} }
eprintln!("CHARS {}", t.chars().count());
Scheme::builtin(&std::env::args().nth(1).unwrap()).unwrap().transliterate(&t);}
