//! What a language has to tell of how services are named.

use super::Phrases;

/// How one language names services. All are single words.
#[derive(Debug)]
pub(in crate::language) struct Trade {
    /// What a thing is stands before what kind of it: "corte infantil", not "kids' haircut".
    pub(in crate::language) head_first: bool,
    /// Words that tell nothing of a service.
    pub(in crate::language) small: Phrases,
    /// Words that tell one service from another, but name none by themselves.
    pub(in crate::language) weak: Phrases,
    /// Those of them that are also said of days, people and prices: "are you free".
    pub(in crate::language) everyday: Phrases,
    /// What words of one stem end with.
    pub(in crate::language) endings: Phrases,
    /// Words of like sense, each group by itself.
    pub(in crate::language) alike: &'static [Phrases],
}
