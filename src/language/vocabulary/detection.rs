//! Words by which a message shows its language, or asks for another one.

use super::Phrases;

/// The words and letters around the language of a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::language) struct DetectionWords {
    /// The letters beside the plain ones: "*ñ*".
    pub(in crate::language) letters: &'static str,
    /// Words of another language that are said in this one as well: "*yo*" greets.
    pub(in crate::language) shared: Phrases,
    /// Words by which no language is asked for: "I *don't* speak Spanish".
    pub(in crate::language) denied: Phrases,
    /// Words right before a language that is asked for: "*in* English".
    pub(in crate::language) within: Phrases,
    /// Words before one that is changed to: "switch *to* English".
    pub(in crate::language) into: Phrases,
    /// Verbs for speaking one: "¿*hablan* inglés?"
    pub(in crate::language) speaks: Phrases,
    /// Words after one that is asked for: "English *please*".
    pub(in crate::language) please: Phrases,
}
