//! Rules of two letters that are always taken, whatever stands around, as rules of one: the first letter writes it all
//! before the second, and the second nothing behind the first.

use crate::scheme::compile::{CompiledRule, Program, Test};

/// The program with such rules in place of those of two letters; it writes the same.
pub(super) fn by_letter(program: &Program) -> Program {
    let mut plain = program.clone();
    for letter in program.letters.iter().filter(|l| !program.rules.iter().any(|rule| rule.tail.contains(&l.small))) {
        let rules: Vec<&CompiledRule> = letter.rules.iter().map(|rule| &program.rules[*rule as usize]).collect();
        let mut done: Vec<char> = Vec::new();
        for rule in rules.iter().filter(|rule| asks_nothing(rule)) {
            let [second] = rule.tail[..] else { continue };
            let Some(cell) = program.cell(second).filter(|_| !done.contains(&second) && is_always_taken(&rules, second)) else { continue };
            done.push(second);
            for number in letter.rules.iter().filter(|rule| program.rules[**rule as usize].tail == [second]) {
                let rule = &mut plain.rules[*number as usize];
                rule.tail.clear();
                rule.before = vec![vec![Test::Letter(second)]];
            }
            let after = vec![vec![Test::Letter(letter.small)]];
            let nothing = CompiledRule { after, output: plain.empty_output(), ..CompiledRule::default() };
            plain.letters[cell.letter as usize].rules.insert(0, plain.rules.len() as u16);
            plain.rules.push(nothing);
        }
    }
    plain
}

/// Whether a rule fits wherever what it takes stands.
fn asks_nothing(rule: &CompiledRule) -> bool {
    let asked = [&rule.after, &rule.before, &rule.not_after, &rule.not_before];
    asked.into_iter().all(Vec::is_empty) && rule.word_has | rule.word_lacks == 0
}

/// Whether the first of a letter's rules that fits before another letter takes that and no more, one of them being such that
/// asks nothing.
fn is_always_taken(rules: &[&CompiledRule], second: char) -> bool {
    let takes = |rule: &CompiledRule| rule.tail == [second] && rule.before.is_empty() && rule.not_before.is_empty();
    for (place, rule) in rules.iter().enumerate() {
        let stands_before = |other: &&CompiledRule| {
            let asked = |rule: &CompiledRule| (rule.word_has, rule.word_lacks);
            takes(other) && other.after == rule.after && other.not_after == rule.not_after && asked(other) == asked(rule)
        };
        match rule.tail.first() {
            Some(first) if *first != second => {}
            Some(_) if !takes(rule) => return false,
            Some(_) if asks_nothing(rule) => return true,
            Some(_) => {}
            // It never fits there if another that fits wherever this does takes the letter.
            None if rules[..place].iter().any(stands_before) => {}
            None => return false,
        }
    }
    false
}
