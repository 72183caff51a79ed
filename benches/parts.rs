//! How long it takes to take a name apart, and to judge two.

use atau::name::parts::{analyse, judge};
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

#[divan::bench]
fn judge_two(bencher: Bencher) {
    let a = analyse("Тахир Нариманович Мухамедзянов", None);
    let b = analyse("Mukhamedzyanov Takhir N.", None);
    bencher.bench(|| judge(black_box(&a), black_box(&b), &[(0, 1, 0), (2, 0, 0)]));
}
