//! The words for those who come together in English.

use crate::language::vocabulary::CompanyWords;

pub(super) const COMPANY: CompanyWords = CompanyWords {
    pronouns: "he|she|him|her|hell|shell",
    first: "one",
    second: "another",
    ill: "ill|id|im",
    theirs: "hers|his|theirs|his one|her one",
    in_place: "in my place|in his place|in her place|in their place|in my stead|in his stead|\
        in her stead|instead of me|instead of him|instead of her|instead of them|instead of us|\
        in place of me|in place of him|in place of her|in for me",
    passes_on: "want|wants|like|fancies|take|takes|taking|took|have|has|having|use|uses|using|get|\
        gets|getting|grab|grabs|fill|fills|give|giving|gave|pass|passing|hand|handing|let|offer|\
        offered",
    whose: "my|his|her|their|our",
    slots: "slot|spot|place|appointment|appt|booking|seat",
    brings: "is bringing|will bring|brings|will be bringing|is dropping|will drop|drops|\
        will be dropping|is driving|will drive|drives|will be driving",
    family: "our",
    which_kin: "young|younger|older|elder|other|little|wee|big|small|middle|second|new",
    comes_too: "after me|with me|after mine|im done|while i",
    then: "then|while|afterwards",
    may: "can|could|may",
    visits: "have|get|do|come|see|be|take|start|try|join",
    come: "come|join|tag",
    orders: "first|then|after|afterwards|before",
    in_turn: "after|im done",
    at_once: "same time|together|at once|side by side",
    apart: "",
    companion: "plus",
    other: "other",
    before_other: "the",
    units: "day|time|week",
    in_for: "for",
    denies: "not|isnt|no|aint",
    i: "",
    me: "me",
    to_me: "",
    turn: "first",
    and: "and",
    comes: "come",
    takes_in: "book|schedule|squeeze|fit|pencil|slot|get",
    may_take_in: "see|do|take|put",
    you: "you",
    takes_in_stems: "",
};
