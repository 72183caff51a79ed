//! How fast text is transliterated: `cargo bench --bench translit`. Beside each scheme stands `deunicode`, which has no
//! rules, on the same text.

use atau::Scheme;
use divan::Bencher;
use divan::counter::BytesCount;

fn main() {
    divan::main();
}

/// Running text: the examples of a scheme, over and over.
fn text(scheme: &Scheme) -> String {
    let examples: Vec<&str> = scheme.examples().map(|(input, _)| input).collect();
    examples.join(" ").repeat(200)
}

#[divan::bench(args = ["rus-bgnpcgn-1947", "rus-iso-9-1995", "kaz-alalc", "kaz-latn-2021"])]
fn running_text(bencher: Bencher, id: &str) {
    let scheme = Scheme::builtin(id).expect("a built-in scheme");
    let text = text(&scheme);
    let mut out = String::with_capacity(text.len() * 2);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
        out.clear();
        scheme.transliterate_into(&text, &mut out);
        divan::black_box(&out);
    });
}

#[divan::bench(args = ["rus-bgnpcgn-1947", "rus-iso-9-1995", "kaz-alalc", "kaz-latn-2021"])]
fn deunicode(bencher: Bencher, id: &str) {
    let scheme = Scheme::builtin(id).expect("a built-in scheme");
    let text = text(&scheme);
    bencher.counter(BytesCount::of_str(&text)).bench_local(|| divan::black_box(deunicode::deunicode(&text)));
}

#[divan::bench(args = ["rus-bgnpcgn-1947", "kaz-latn-2021"])]
fn loading(bencher: Bencher, id: &str) {
    bencher.bench_local(|| divan::black_box(Scheme::builtin(id)));
}
