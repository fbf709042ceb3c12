//! English.

mod acts;
mod company;
mod feasts;
mod grammar;
mod names;
mod trade;
mod wants;
mod zones;

use super::{DetectionWords, Particle, Phrases, Vocabulary};
use crate::language::clock::DayPart;

/// English.
pub(super) const ENGLISH: Vocabulary = Vocabulary {
    weekdays: [
        "monday|mon|munday|mondy",
        "tuesday|tue|tues",
        "wednesday|wed|weds|wensday|wednsday|wendsday|wenesday",
        "thursday|thu|thur|thurs|thr",
        "friday|fri",
        "saturday|sat",
        "sunday|sun",
    ],
    each: [
        "mondays|every monday",
        "tuesdays|every tuesday",
        "wednesdays|every wednesday",
        "thursdays|every thursday",
        "fridays|every friday",
        "saturdays|every saturday",
        "sundays|every sunday",
    ],
    months: [
        "january|jan",
        "february|feb|febuary",
        "march|mar",
        "april|apr",
        "may",
        "june|jun",
        "july|jul",
        "august|aug",
        "september|sep|sept",
        "october|oct",
        "november|nov",
        "december|dec",
    ],
    numbers: &[
        (1, "one"),
        (2, "two|a couple of|a couple|couple of|couple"),
        (3, "three"),
        (4, "four"),
        (5, "five"),
        (6, "six"),
        (7, "seven"),
        (8, "eight"),
        (9, "nine"),
        (10, "ten"),
        (11, "eleven"),
        (12, "twelve"),
        (13, "thirteen"),
        (14, "fourteen"),
        (15, "fifteen"),
        (16, "sixteen"),
        (17, "seventeen"),
        (18, "eighteen"),
        (19, "nineteen"),
        (20, "twenty"),
        (25, "twenty five"),
        (30, "thirty"),
        (35, "thirty five"),
        (40, "forty"),
        (45, "forty five"),
        (50, "fifty"),
        (55, "fifty five"),
        (60, "sixty"),
        (70, "seventy"),
        (80, "eighty"),
        (90, "ninety"),
    ],
    ordinals: &[
        (
            -2,
            "second to last|second last|penultimate|last but one|next to last",
        ),
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (4, "fourth"),
        (5, "fifth"),
        (6, "sixth"),
        (7, "seventh"),
        (8, "eighth"),
        (9, "ninth"),
        (10, "tenth"),
        (11, "eleventh"),
        (12, "twelfth"),
        (13, "thirteenth"),
        (14, "fourteenth"),
        (15, "fifteenth"),
        (16, "sixteenth"),
        (17, "seventeenth"),
        (18, "eighteenth"),
        (19, "nineteenth"),
        (20, "twentieth"),
        (21, "twenty first"),
        (22, "twenty second"),
        (23, "twenty third"),
        (24, "twenty fourth"),
        (25, "twenty fifth"),
        (26, "twenty sixth"),
        (27, "twenty seventh"),
        (28, "twenty eighth"),
        (29, "twenty ninth"),
        (30, "thirtieth"),
        (31, "thirty first"),
    ],
    ahead: [
        "today|2day|todays|later today",
        "tomorrow|tmrw|tmr|tmw|tmrow|tomoz|tmoz|2moz|tomo|2moro|2morrow|2mrw|tomorow|tommorow|\
            tommorrow|tomorrows",
        "day after tomorrow|day after tmrw|day after tmr|day after tomorow|overmorrow",
    ],
    feasts: feasts::FEASTS,
    zones: zones::ZONES,
    part,
    part_of,
    contractions: "wed|were|well|ill|shed|shell|hell|id",
    has_bare_hours: true,
    today,
    particle,
    grammar: grammar::GRAMMAR,
    intent: wants::intent,
    whole: wants::whole,
    own: wants::OWN,
    replaces: wants::REPLACES,
    another: wants::ANOTHER,
    only: wants::ONLY,
    all: wants::ALL,
    in_turn: wants::IN_TURN,
    cannot: wants::CANNOT,
    come: wants::COME,
    booked: wants::BOOKED,
    asks: [wants::ASKS, wants::SUITS],
    neither: "neither|either",
    meanwhile: "when|while|whilst|whenever|once",
    stresses: "of course|obviously|naturally",
    preterite: "",
    adds: "same appointment|same visit|in the one visit|add|add [in/on/a/an]|throw in|include|tack on|\
        [chuck/stick/bung/tack/whack/sling/tag/throw/pop] [a/an/some] [/wee/little/quick/cheeky]",
    yes: wants::YES,
    no: wants::NO,
    short: &[
        ("u|ya", "you"),
        ("r", "are"),
        ("ur", "your"),
        ("wen", "when"),
        ("wat|wut", "what"),
        ("pls|plz|plse|pleese", "please"),
        ("hav", "have"),
        ("cud", "could"),
        ("appt|appoint|apointment|apt", "appointment"),
        ("b4", "before"),
        ("btwn|betwen", "between"),
        ("aftr", "after"),
        ("clk", "clock"),
        ("beg", "beginning"),
    ],
    fillers: wants::FILLERS,
    idle: wants::IDLE,
    cue: acts::cue,
    common: wants::COMMON,
    company: company::COMPANY,
    stages: "year|grade|form|class|semester|term|trimester|attempt",
    moves: "push|bump|bring|pull|knock|shift|nudge|shunt",
    moves_by: "back|forward|forwards",
    moves_forward: "forward|forwards",
    removes: "delete|erase|remove",
    takes: "take|cross|strike|knock|scratch|rub|leave",
    takes_out: "out|off|away",
    detection: DetectionWords {
        letters: "",
        shared: "yo",
        denied: "dont|no|not|cant",
        within: "in|to",
        into: "to",
        speaks: "speak|speaks",
        please: "please|pls|plz",
    },
    names: names::NAMES,
    trade: trade::TRADE,
};

fn part(part: DayPart) -> Phrases {
    match part {
        DayPart::Early => {
            "early morning|early in the morning|first thing|first thing in the morning|early"
        }
        DayPart::Morning => {
            "morning|mornings|in the morning|mornin|morn|late morning|late in the morning|\
                in the late morning|mid morning"
        }
        DayPart::Midday => {
            "lunchtime|lunch time|over lunch|at lunch|lunch break|my lunch break|on my lunch|\
                on my lunch break|in my lunch break|during my lunch|during my lunch break|\
                in my lunch hour|on my lunch hour|around lunch|lunch hour"
        }
        DayPart::Afternoon => {
            "afternoon|afternoons|in the afternoon|after lunch|arvo|mid afternoon|afternoonish|aft|\
                aftn|afternon|aftnoon|aftrnoon|aftnn|afternn"
        }
        DayPart::PastNoon => "second half of the day",
        DayPart::Late => {
            "late|late afternoon|last thing|end of the day|end of day|late in the day|\
                late in the afternoon"
        }
        DayPart::Evening => "evening|evenings|in the evening|night|at night|evenin|eve|evng|nite",
    }
}

fn part_of(part: DayPart) -> Phrases {
    match part {
        DayPart::Morning => "in the morning|of the morning|in the am",
        DayPart::Afternoon => "in the afternoon|in the arvo",
        DayPart::Evening => "in the evening|at night|of an evening|in the night",
        DayPart::Early | DayPart::Midday | DayPart::PastNoon | DayPart::Late => "",
    }
}

fn today(part: DayPart) -> Phrases {
    match part {
        DayPart::Early => "early today",
        DayPart::Morning => "this morning",
        DayPart::Midday => "this lunchtime|lunchtime today",
        DayPart::Afternoon => "this afternoon|this arvo",
        DayPart::PastNoon => "this pm",
        DayPart::Late => "late today",
        DayPart::Evening => "tonight|this evening|2nite|tonite|this eve|2night",
    }
}

#[expect(clippy::too_many_lines, reason = "a table, one line for each meaning")]
fn particle(particle: Particle) -> Phrases {
    match particle {
        Particle::At => "at|for around|@|say",
        Particle::About => {
            "around|about|at about|at around|roughly|approximately|approx|circa|more or less|\
                maybe around|towards"
        }
        Particle::Like => "like",
        Particle::DayAfter => "the next day|the following day|next day|day following",
        Particle::That => "that|that same|that very",
        Particle::ThatDay => "that day|that same day|that date|that exact day",
        Particle::Eve => "the eve of|eve of",
        Particle::Any => "any|every|each|any given",
        Particle::AtLatest => {
            "at the latest|latest|at the very latest|or earlier|or before|tops|latest i can do|\
                latest i can do is|latest i can make|latest i can make is|latest i can make it|\
                latest i can make it is|latest i can get in is|latest we can do is|\
                latest i could make it is|latest i can start is|latest i can come|\
                latest i can come is|latest i could do is|latest i can stay is|latest for me is|\
                latest would be"
        }
        Particle::AtEarliest => {
            "at the earliest|earliest|the earliest|earliest i can do|earliest i can do is|\
                earliest i can make|earliest i can make is|earliest i can make it|\
                earliest i can make it is|earliest i can get in|earliest i can get in is|\
                earliest i could make it is|earliest we can do is|earliest we can make it is|\
                earliest i can get away is|earliest i can be in is|earliest i can come|\
                earliest i can come is|earliest i could do is|earliest i can get there|\
                earliest i can get there is|earliest i can be there is|earliest for me is|\
                earliest id be there is|earliest would be"
        }
        Particle::Thousand => "thousand",
        Particle::Through => "to|until|till|til|through|thru|up to",
        Particle::Life => wants::LIFE,
        Particle::Released => wants::RELEASED,
        Particle::Ish => "ish|or so|or thereabouts|roughly|more or less",
        Particle::Since => "since|ever since",
        Particle::Once => "once past|once were past|once its past|as soon as its past",
        Particle::Meant => {
            "i meant|i meant to say|sorry i meant|i mean to say|scratch that|correction|\
                oops i meant|no i meant"
        }
        Particle::Brings => "bring|bringing",
        Particle::From => {
            "from|since|not before|but not before|just not before|no earlier than|not earlier than|\
                starting|starting at|starting from|cant do before|cant do anything before|\
                cant come before|cant make it before|cant get there before|cant be there before|\
                cant get in before|cant get away before|wont be free before|not free before|\
                im not free before|cannot do before|cannot come before|cannot make it before|\
                no sooner than|as of"
        }
        Particle::After => {
            "pref aft|prefer aft|preferably aft|any time aft|anytime aft|sometime aft|after|past|\
                any time after|anytime after|following|later than|a bit after|just after|\
                shortly after|a bit later than|a little after|some time after|sometime after|\
                a little later than|anything after|something after"
        }
        Particle::Until => {
            "until|till|til|by|but not after|just not after|but not later than|cant do after|\
                cant do anything after|cant come after|cant make it after|cant do later than|\
                cannot do after|cannot come after|not free after|im not free after|between now and|\
                from now until|from now till|from now to|between today and|no later than|\
                not later than|not after|up to|at the latest by"
        }
        Particle::Before => {
            "before|any time before|anytime before|earlier than|a bit before|just before|\
             a little before|anything before|something before|sometime before"
        }
        Particle::Between => "between|btw|btwn|anywhere between|any time between|anytime between",
        Particle::To => "to|for|until|till|through|thru",
        Particle::Toward => {
            "can only do|i can only do|can only make|can only come|only free|she says|he says|\
                they say|shall we|shall we say|shall we do|shall we make it|lets say|lets make it|\
                could it be|can it be|how about|what about|could we do|can we do|can you do|\
                could you do|can we make it|could we make it|make it|can i do|could i do|\
                can i have|could i have|can i come|could i come|i can do|want to come|like to come|\
                rather|id prefer|instead|maybe|can we say|is it possible"
        }
        Particle::InsteadOf => "instead of|rather than|in place of",
        Particle::MinutesTo => "til|till|before",
        Particle::MinutesPast => "past|after|gone",
        Particle::HalfPast => "half|halfpast",
        Particle::Zero => "oh|o|zero",
        Particle::Onwards => "onwards|onward|or later|or after|and later|and after",
        Particle::ToTheHour => "to",
        Particle::OfHours
        | Particle::Holiday
        | Particle::Other
        | Particle::EightDays
        | Particle::FifteenDays
        | Particle::ForNoon
        | Particle::AndMinutes
        | Particle::LessMinutes
        | Particle::OneHour
        | Particle::Dash => "",
        Particle::OfTheHour => "of",
        Particle::Wants => wants::WANTS,
        Particle::So => "so|then|therefore|anyway|anyways",
        Particle::In => "in",
        Particle::Over => "over",
        Particle::MoreThan => "more than|just over|well over|a little over|nearly|almost",
        Particle::Ends => "is out|ends|is over|is up|finishes|closes",
        Particle::Within => "within|in the space of|in under|in less than|inside of",
        Particle::FromNow => "from now|time|from today",
        Particle::Of => "of|from|s",
        Particle::On => "on",
        Particle::The => "the",
        Particle::Hours => "the hour of",
        Particle::One => "a|an",
        Particle::My => "my|our|ma|me own",
        Particle::This => "this|this very",
        Particle::Coming => "coming|this coming|upcoming|this upcoming",
        Particle::Next => "next|nxt|the following|following",
        Particle::AfterNext => "week after next|week after the next|the week after next",
        Particle::AfterNextOne => "after next|after the next|after this one",
        Particle::Final => "last|final",
        Particle::Few => "few",
        Particle::Rest => "rest|remainder",
        Particle::Commencing => {
            "beginning|starting|commencing|that starts|that begins|which starts"
        }
        Particle::WeekCommencing => "w c|w / c|wc|w b|w / b|wk c|wk / c",
        Particle::Midnight => "midnight|mid night",
        Particle::Last => "last|previous|this past|past",
        Particle::Past => {
            "[last/i last] [came/came in/got/had/saw]|was last in|got it cut|had it cut|got it done|had it done|got them done|had them done|\
                got it colored|got it coloured|loved the|loved my|loved it|hope you had|\
                hope yall had|hope you all had|hope everyone had|hope everybody had|we got back|\
                i got back|just got back|we got home|i got home|we returned|i was|i went|i came|\
                i called|i texted|i paid|i got|called you|texted you|we were|we went|we came|\
                i was born|was born|born|born on|date of birth|dob|d o b|birth date|died|landed|\
                you told me|you said|yesterday|i saw|i had my|i have been|ive been|i used to|\
                it was|they told me|was|were|been|got my|had my|ive had"
        }
        Particle::LastTime => "last time|last visit|the time before|the other day|previously",
        Particle::Did => {
            "had|rang|phoned|ran|broke|hurt|fell|met|flew|drove|lost|bought|did|took|swam|rode|won|\
                caught|tore|cut|chipped|booked it|spent|slept|sold|gave|threw|twisted|sprained|\
                pulled|left|moved|finished|started|injured|walked|played|went|came|hit|felt|banged|\
                tripped|slipped|rolled|strained|burned|burnt"
        }
        Particle::Has => {
            "i have a|i have an|i have the|i have my|ive got a|ive got the|ive got an|ive got my|\
             i got a|i got the|i got my|we have a|we have the|we have our|weve got a|weve got the|\
             he has|she has|he has a|she has a|she has the|he has the|has a|has an|has the|has his|\
             has her|shes got|hes got|they have|they have me|theyve got|theyve got me|got a|got an"
        }
        Particle::Because => "because|cause|cos|cuz|coz|bc|since i have|as i have|seeing as",
        Particle::Got => "got|have got|ive got|weve got",
        Particle::Both => {
            "both|both of them|both of those|the both of them|the two of them|all of them|the pair of them|\
             both appointments|both bookings|either of my appointments|either appointment"
        }
        Particle::CannotMake => {
            "cant do|cannot do|can not do|wont be able to do|wont be able for|not able for|\
                cant manage|cannot manage|wont manage|cant make|cannot make|can not make|wont make|\
                will not make|wont be able to make|not able to make|unable to make|cant make it to|\
                cannot make it to|cant come to|cannot come to|not going to make|not gonna make|\
                couldnt make|have to miss|going to miss|gonna miss|have to skip|gonna have to miss|\
                going to have to miss|im away|ill be away|im out of town|ill be out of town|\
                im not around|wont be around|im not here|wont be here"
        }
        Particle::Only => "only|just|simply",
        Particle::Change => {
            "change|change the|swap|swap the|switch|switch the|exchange|upgrade|turn"
        }
        Particle::InTo => "into|as",
        Particle::Label => {
            "number|order|option|room|table|apt|floor|code|version|invoice|phone|tel|street|bus|\
                line|number is|order number|choice|nr|avenue|ave|road|route|lane|blvd|block|unit|\
                suite|highway|exit|point"
        }
        Particle::Is => "is|are|falls|isnt|starts|begins|ends",
        Particle::Free => "off|day off|im free|i am free|were free",
        Particle::Stays => {
            "can stay|can stay as is|leave as is|stays|staying|still be in|ill still be in|\
                still be there|well still be there|stays as it was|stay as they are|\
                is still coming|are still coming|still coming|is still going|is still on|\
                still comes|still good|is still good|still fine|still stands|still standing|\
                still happening|stays the same|stays as it is|stays put|stays where it is|as is|\
                as it is|still on for|still good for"
        }
        Particle::Following => {
            "the one after|the one after that|the following one|one after|the next one"
        }
        Particle::Thereafter => {
            "after that|from then|anything after that|something after that|later than that|\
                from then on|any time after that|after then|anytime after that"
        }
        Particle::And => "and|n|&|+|plus",
        Particle::Also => {
            "[chuck/stick/bung/tack/whack/sling/tag/throw] [a/an/some]|throw in|tack on|\
                tag|on the end of|onto the end of|chuck in|in the same visit|in the same appointment|\
                same visit|same appointment|while its in|while its there|while shes in|\
                while hes in|n all|while im there|while im at it|while were at it|while were there|\
                since im there|as im there|while im in|while shes there|while hes there|also|add|\
                and also|adding|in addition|on top|on top of that|as well|as well as"
        }
        Particle::Too => "too",
        Particle::Without => {
            "dont bother with|dont bother with the|dont worry about|dont worry about the|\
                gotta scrap the|have to scrap the|got to scrap the|without|skip|remove|leave out|\
                take off|minus|not the|forget|forget the|forget about|forget about the|scrap the|\
                drop the|lose the|ditch|ditch the|no need for"
        }
        Particle::Or => "or|or else|or maybe|otherwise|failing that|if not",
        Particle::Either => "either|either on",
        Particle::Not => {
            "no to|no to the|no need for|no need for the|dont need|wont need|no longer need|not|\
                not the|no|cant do|cannot do|cant make|cant on|not on|not free|im not free|\
                not available|im not available|anything but|dont want|wont do|isnt|cant|cannot|\
                couldnt|never|never on|never on a|im busy|im busy on|im away|im not around|\
                im not in|im tied up|not any|no good on"
        }
        Particle::NotAfter => {
            "doesnt work|does not work|dont work|do not work|wont work|is no good|are no good|\
                no good|is bad|is out|is impossible|isnt good|isnt possible|doesnt suit|\
                doesnt work for me|dont work for me|is not good|is not possible|is not an option|\
                arent good|are bad|are out|cant|is a no go|are a no go|are impossible|no go|\
                not possible|cant do|is no use|nae good|is nae good|is a write off|isnt great|\
                is tricky|is packed|is full|is rammed|isnt ideal|is awkward|is hard|\
                no longer works|wont do|a no go|[no/is no] [use/good] to [me/us]|no use|not [so/that/too/] [good/great]|not ideal|\
                not the best|isnt so good|isnt so great|isnt the best|is not great|is not ideal"
        }
        Particle::Except => {
            "except|except for|but not|bar|everything but|every day but|any day but|any day except|\
                any time but|excluding|apart from|other than|anyone but|anybody but|anyone except|\
                anybody except|everyone but|anything except|any day other than"
        }
        Particle::But => "but|however|though",
        Particle::Half => "half|half an|half a",
        Particle::Quarter => "quarter|a quarter|qtr|quarters|1/4",
        Particle::OClock => "oclock|o clock|sharp|on the dot|exactly",
        Particle::HourMark => "h|hrs|hr|hs",
        Particle::Am => "am",
        Particle::Pm => "pm",
        Particle::Noon => "noon|midday|mid day|noonish",
        Particle::Day => "day|days",
        Particle::Week => "week|weeks|wk|wks",
        Particle::Fortnight => "fortnight",
        Particle::HolyWeek => "holy week",
        Particle::Month => "month|months",
        Particle::Year => "year|years",
        Particle::Hour => "hour|hours|hour late|hours late",
        Particle::Minute => {
            "minute|minutes|min|mins|minutes time|minuets|minutes late|mins late|min late|\
                minutes behind|mins behind"
        }
        Particle::Weekend => "weekend|wknd|wkend",
        Particle::Weekends => "weekends|any weekend",
        Particle::Weekdays => {
            "weekdays|weekday|any weekday|during the week|on a weekday|workdays|working days|\
             mon fri|monday to friday|monday through friday"
        }
        Particle::WeekLater => "week",
        Particle::AfterWork => {
            "after work|after i finish work|when i finish work|after my shift|after hours"
        }
        Particle::Start => {
            "early|beginning|start|beginning of|start of|the beginning of|the start of|early in"
        }
        Particle::Middle => "mid|middle|middle of|the middle of",
        Particle::End => {
            "end of|the end of|end|late|later|later in|towards the end of|the back end of"
        }
        Particle::For => "for",
        Particle::With => "with|w|by|see|prefer|want",
        Particle::People => {
            "people|persons|pax|ppl|guests|of us|adults|heads|friends and me|person"
        }
        Particle::WeAre => {
            "we are|were|there are|therell be|there will be|a group of|group of|party of|\
             well be|we will be|a party of|for a group of|for a party of|table for"
        }
        Particle::Relation => {
            "little man|lil man|little guy|little dude|little fella|little lad|little girl|lad|\
                lass|laddie|lassie|wee one|wee man|fella|old man|other half|better half|mam|mammy|\
                mummy|mommy|daddy|mate|pal|buddy|bestie|missus|cuz|plus one|youngest|eldest|auntie|\
                nan|gran|granny|grandad|granddad|stepdad|stepmom|stepmum|stepdaughter|\
                little sister|little brother|little boy|kid brother|kid sister|baby sister|\
                baby brother|father in law|sister in law|brother in law|flatmate|housemate|\
                best friend|son|daughter|kid|child|baby|boy|girl|toddler|mom|mum|mother|dad|father|\
                wife|husband|partner|boyfriend|girlfriend|bf|gf|friend|sister|brother|niece|nephew|\
                year old|yr old|grandma|grandmother|grandpa|grandfather|grandson|granddaughter|\
                aunt|uncle|cousin|fiance|fiancee|neighbor|neighbour|colleague|coworker|boss|\
                roommate|stepson|little one|dog|cat|puppy|pup|doggo|fur baby|son in law|\
                daughter in law|mother in law|mother-in-law|mil|hubby"
        }
        Particle::Relations => {
            "twins|little ones|grandkids|grandsons|granddaughters|nephews|nieces|lads|sons|\
                daughters|kids|children|friends|sisters|brothers|parents|boys|girls|dogs|cats|pups|\
                puppies|labs"
        }
        Particle::Needs => {
            "is due|is due for|is overdue|is overdue for|shed like|hed like|\
            theyd like|shed love|hed love|theyd love|needs|wants|would like|is looking for|\
            has to have|requires"
        }
        Particle::Me => "me|myself|i",
        Particle::Mine => "mine",
        Particle::Theirs => "for him|for her|for them|his|hers",
        Particle::TheirName => {
            "his name is|her name is|his name|her name|called|named|their name is"
        }
        Particle::LateBy => "late|behind",
        Particle::IAm => "im|i am|this is|its|it is",
        Particle::NameIs => {
            "my name is|my names|name is|i am called|im called|call me|under the name|the names|\
             under the name of|in the name of|name"
        }
    }
}
