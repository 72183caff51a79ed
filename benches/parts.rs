//! How long it takes to take a name apart.

use atau::name::parts::analyse;
use divan::{Bencher, black_box};

const NAMES: [&str; 6] = [
    "Тахир Нариманович Мухамедзянов",
    "Siyazbek Onerbekuly Mukashev",
    "Мухамедзянов Т. Н.",
    "Социалистическое Движение Казахстана",
    "Qazaqstannyń Sotsıalıstik karsylyǵy",
    "ТОО «Бурылтас»",
];

fn main() {
    let start = std::time::Instant::now();
    analyse("Айнур Курманов", None);
    eprintln!("tables read in {:?}", start.elapsed());
    divan::main();
}

#[divan::bench(args = NAMES)]
fn take_apart(bencher: Bencher, name: &str) {
    bencher.bench(|| analyse(black_box(name), None));
}
