//! Step three: a checked table, under given options, as a program for the engine.

use super::fast::FastTable;
use super::language::Language;
use super::pattern::{Atom, parse_pattern};
use super::table::{Rule, Table};
use crate::text::{At, may_join, nfc};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A place in the pool of outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Piece {
    start: u32,
    end: u32,
}

/// One output in its three forms.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Output {
    pub lower: Piece,
    /// With a capital letter only: Shch.
    pub title: Piece,
    /// In capitals: SHCH.
    pub upper: Piece,
    /// Written once when it comes doubled.
    pub collapse: bool,
}

/// A source character: which letter it is and whether it is its capital.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    pub letter: u16,
    pub capital: bool,
    /// Whether the letter has a small and a capital form.
    pub cased: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Letter {
    pub small: char,
    /// A bit for each class that has the letter.
    pub classes: u64,
    pub output: u16,
    /// The rules that begin with this letter, in the order of the file.
    pub rules: Vec<u16>,
    /// Whether stress marks may stand on it.
    pub stressable: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Test {
    Start,
    End,
    Letter(char),
    Class(u64),
}

#[derive(Debug, Clone, Default)]
pub(super) struct CompiledRule {
    /// The letters after the first.
    pub tail: Vec<char>,
    pub after: Vec<Vec<Test>>,
    pub before: Vec<Vec<Test>>,
    pub not_after: Vec<Vec<Test>>,
    pub not_before: Vec<Vec<Test>>,
    pub word_has: u64,
    pub word_lacks: u64,
    pub output: u16,
}

const NO_CELL: u16 = u16::MAX;

/// What the engine runs.
#[derive(Debug, Clone, Default)]
pub(super) struct Program {
    /// For each high byte of a code point of the basic plane, its page of cells.
    page_of: Vec<u16>,
    pages: Vec<[u16; 256]>,
    cells: Vec<Cell>,
    pub letters: Vec<Letter>,
    pub rules: Vec<CompiledRule>,
    outputs: Vec<Output>,
    pool: String,
    pub stress: Vec<char>,
    /// Whether an output begins with a mark, so that what is joined may not be in NFC.
    pub joins: bool,
    /// Always looks, until the program is made fast.
    pub fast: FastTable,
}

impl Program {
    pub(super) fn cell(&self, c: char) -> Option<Cell> {
        let code = c as u32;
        let page = self.page_of.get((code >> 8) as usize)?;
        let cell = self.pages[*page as usize][(code & 0xFF) as usize];
        self.cells.get(cell as usize).copied()
    }

    pub(super) fn output(&self, at: u16) -> &Output {
        &self.outputs[at as usize]
    }

    /// The number of a new output that is empty.
    pub(super) fn empty_output(&mut self) -> u16 {
        self.outputs.push(Output::default());
        (self.outputs.len() - 1) as u16
    }

    /// Whether an output has more than one capital form, so that its neighbours decide.
    pub(super) fn has_titles(&self) -> bool {
        self.outputs.iter().any(|output| output.title != output.upper)
    }

    pub(super) fn piece(&self, piece: Piece) -> &str {
        &self.pool[piece.start as usize..piece.end as usize]
    }

    /// Compiles a table without faults. `options` has a value for each option.
    pub(super) fn compile(table: &Table, language: &Language, options: &BTreeMap<String, String>) -> Program {
        let mut builder = Builder::new(table, language, options);
        for (letter, value) in &table.letters {
            builder.letter(letter, value);
        }
        for rule in &table.rules {
            if rule.when.iter().all(|(name, value)| options.get(&name.value) == Some(&value.value)) {
                builder.rule(rule);
            }
        }
        builder.program
    }
}

struct Builder<'a> {
    table: &'a Table,
    language: &'a Language,
    /// The bit of each class, and of each letter that a whole-word condition names.
    bits: FxHashMap<Atom, u64>,
    upper: FxHashMap<char, char>,
    known: FxHashMap<String, u16>,
    program: Program,
}

impl<'a> Builder<'a> {
    fn new(table: &'a Table, language: &'a Language, options: &BTreeMap<String, String>) -> Self {
        let single = |pair: &(At<String>, At<String>)| Some((pair.0.value.chars().next()?, pair.1.value.chars().next()?));
        let drop_stress = options.get(super::check::STRESS).is_some_and(|v| v == super::check::STRESS_VALUES[0]);
        let program = Program {
            page_of: vec![0; 256],
            pages: vec![[NO_CELL; 256]],
            cells: Vec::new(),
            letters: Vec::new(),
            rules: Vec::new(),
            outputs: Vec::new(),
            pool: String::new(),
            stress: if drop_stress { language.stress.clone() } else { Vec::new() },
            joins: false,
            fast: FastTable::default(),
        };
        let mut builder = Builder {
            table,
            language,
            bits: FxHashMap::default(),
            // A table's own capitals stand before those of the scheme it extends, and the first counts.
            upper: table.upper.iter().rev().filter_map(single).collect(),
            known: FxHashMap::default(),
            program,
        };
        for pattern in table.rules.iter().flat_map(|r| r.word_has.iter().chain(&r.word_lacks)) {
            for atom in parse_pattern(&pattern.value, language).unwrap_or_default() {
                builder.bit(&atom);
            }
        }
        for name in language.classes.keys() {
            builder.bit(&Atom::Class(name.clone()));
        }
        builder
    }

    fn bit(&mut self, atom: &Atom) -> u64 {
        let next = self.bits.len();
        // The check before lets no more than 64 through.
        *self.bits.entry(atom.clone()).or_insert(1u64.checked_shl(next as u32).unwrap_or(0))
    }

    fn letter(&mut self, letter: &At<String>, value: &At<String>) {
        let Some(small) = letter.value.chars().next() else { return };
        let classes = self.classes(small);
        let output = self.output(&value.value);
        let number = self.program.letters.len() as u16;
        let stressable = self.language.classes.get("vowel").is_some_and(|v| v.contains(&small));
        self.program.letters.push(Letter { small, classes, output, rules: Vec::new(), stressable });
        let mut capitals = small.to_uppercase();
        let capital = capitals.next().filter(|c| *c != small && capitals.next().is_none());
        self.cell(small, Cell { letter: number, capital: false, cased: capital.is_some() });
        if let Some(capital) = capital {
            self.cell(capital, Cell { letter: number, capital: true, cased: true });
        }
    }

    fn classes(&self, letter: char) -> u64 {
        let has = |atom: &Atom| match atom {
            Atom::Letter(c) => *c == letter,
            Atom::Class(name) => self.language.classes.get(name).is_some_and(|c| c.contains(&letter)),
            Atom::Start | Atom::End => false,
        };
        self.bits.iter().filter(|(atom, _)| has(atom)).fold(0, |mask, (_, bit)| mask | bit)
    }

    fn cell(&mut self, c: char, cell: Cell) {
        let (high, low) = ((c as u32 >> 8) as usize, (c as u32 & 0xFF) as usize);
        let program = &mut self.program;
        let Some(page) = program.page_of.get_mut(high) else { return };
        if *page == 0 {
            *page = program.pages.len() as u16;
            program.pages.push([NO_CELL; 256]);
        }
        program.pages[*page as usize][low] = program.cells.len() as u16;
        program.cells.push(cell);
    }

    fn output(&mut self, small: &str) -> u16 {
        if let Some(known) = self.known.get(small) {
            return *known;
        }
        let upper: String = small.chars().flat_map(|c| self.capital(c)).collect();
        let title = match self.table.title_forms.iter().find(|(from, _)| from.value == small) {
            Some((_, title)) => title.value.clone(),
            None => self.title(small),
        };
        // What may join what stands before it, or falls apart when it is raised.
        let joining = |form: &str| form.chars().next().is_some_and(may_join);
        self.program.joins |= [small, &title, &upper].iter().any(|form| joining(form) || nfc(form) != **form);
        let output = Output {
            lower: self.piece(small),
            title: self.piece(&title),
            upper: self.piece(&upper),
            collapse: self.table.collapse.iter().any(|c| c.value == small),
        };
        let number = self.program.outputs.len() as u16;
        self.program.outputs.push(output);
        self.known.insert(small.to_owned(), number);
        number
    }

    /// The output with its first letter that has a capital raised.
    fn title(&self, small: &str) -> String {
        let mut raised = false;
        small
            .chars()
            .flat_map(|c| {
                let capital = self.capital(c);
                if raised || capital == [c] {
                    return vec![c];
                }
                raised = true;
                capital
            })
            .collect()
    }

    fn capital(&self, c: char) -> Vec<char> {
        match self.upper.get(&c) {
            Some(capital) => vec![*capital],
            None => c.to_uppercase().collect(),
        }
    }

    fn piece(&mut self, text: &str) -> Piece {
        let pool = &mut self.program.pool;
        let start = pool.find(text).unwrap_or_else(|| {
            pool.push_str(text);
            pool.len() - text.len()
        });
        Piece { start: start as u32, end: (start + text.len()) as u32 }
    }

    fn rule(&mut self, rule: &Rule) {
        let output = self.output(&rule.to.value);
        let compiled = CompiledRule {
            tail: Vec::new(),
            after: self.patterns(&rule.after),
            before: self.patterns(&rule.before),
            not_after: self.patterns(&rule.not_after),
            not_before: self.patterns(&rule.not_before),
            word_has: self.mask(&rule.word_has),
            word_lacks: self.mask(&rule.word_lacks),
            output,
        };
        for from in &rule.from {
            let mut chars = from.value.chars();
            let Some(first) = chars.next() else { continue };
            let number = self.program.rules.len() as u16;
            self.program.rules.push(CompiledRule { tail: chars.collect(), ..compiled.clone() });
            if let Some(letter) = self.program.letters.iter_mut().find(|l| l.small == first) {
                letter.rules.push(number);
            }
        }
    }

    fn patterns(&self, patterns: &[At<String>]) -> Vec<Vec<Test>> {
        let test = |atom: Atom| match atom {
            Atom::Start => Test::Start,
            Atom::End => Test::End,
            Atom::Letter(c) => Test::Letter(c),
            Atom::Class(_) => Test::Class(self.bits.get(&atom).copied().unwrap_or(0)),
        };
        patterns.iter().map(|p| parse_pattern(&p.value, self.language).unwrap_or_default().into_iter().map(test).collect()).collect()
    }

    fn mask(&self, patterns: &[At<String>]) -> u64 {
        let atoms = patterns.iter().flat_map(|p| parse_pattern(&p.value, self.language).unwrap_or_default());
        atoms.fold(0, |mask, atom| mask | self.bits.get(&atom).copied().unwrap_or(0))
    }
}
