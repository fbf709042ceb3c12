//! How services are named, in English.

use crate::language::vocabulary::Trade;

pub(super) const TRADE: Trade = Trade {
    head_first: false,
    small: "and|the|with|for|a|an|of|or|to|in|on|my|me|your|at|by|is|it|s|i|you|get|need|want|have|please|\
            can|could|would|like|some|this|that|do|did|not|but|her|his|our|are|was|be|will|has|its|\
            im|id|from|what|any",
    weak: "free|full|whole|complete|entire|all|total|partial|half|mini|new|old|used|small|little|tiny|big|large|long|\
           short|medium|extra|quick|express|fast|classic|basic|simple|standard|regular|normal|luxury|\
           deluxe|premium|special|general|private|single|double|first|second|initial|follow|adult|\
           session|class|lesson|service|treatment|appointment|package|plan|visit|deep|hot|cold|\
           best|good|great|man|men|mens|gents|woman|women|womens|lady|ladies|kid|kids|child|childrens|\
           children|boy|boys|girl|girls|senior|student|one|day|hour|minute|min|time|off|out|look|few|some|part|both|interim|quarter|job|work|\
           straight|dog|dogs|puppy|puppies|pup|cat|cats|kitten|kittens|pet",
    everyday: "free|general|normal|regular|standard|basic|new|open|first|good|quick",
    endings: "s|es|e|ed|d|ing|er|ers|ings|ation|ations|ion|ions|ment|ments|ement|ements|ate|ates|ated|\
              ating|ist|ists|ies",
    alike: &[
        // Hair.
        "cut|haircut|trim|chop|fade|crop|barnet|buzz|restyle|shear",
        "color|colour|dye|tint|blonde|blond|brunette|roots|gray|grey|highlights",
        "highlights|foils|streaks|balayage|lowlights",
        "blowout|blowdry|blowdried|blow|styling|style|updo",
        "beard|moustache|mustache|stubble|goatee|whiskers",
        "shave|shaving|razor",
        "perm|curls|curly|wave",
        "straightening|straighten|keratin|relaxer|smoothing",
        "wash|shampoo|rinse",
        // Nails and skin.
        "manicure|mani|manny|nails|nail|fingernails|hands",
        "pedicure|pedi|toenails|toes|feet",
        "nail|nails|claws|claw|fingernails|toenails",
        "removal|remove|removing|off|takeoff",
        "waxing|wax|depilation",
        "brows|eyebrows|eyebrow|brow",
        "lashes|eyelashes|lash|eyelash",
        "facial|face|skin",
        "massage|rub|rubdown|massaging",
        "scrub|exfoliation|peel",
        "tan|tanning|spraytan",
        // Medicine, teeth.
        "vaccination|vaccine|jab|jabs|shot|shots|immunization|immunisation|booster",
        "check|checkup|examination|exam|inspection|test|look|assessment|screening",
        "cleaning|clean|hygiene|polish|scale|scaling",
        "dental|teeth|tooth",
        "extraction|pull|pulled|out",
        "whitening|bleaching|bleach|brighten",
        "filling|cavity",
        "neutering|neuter|spaying|spay|castration|fixed",
        "consultation|consult|advice|chat|evaluation",
        "emergency|urgent|emergencies",
        "glasses|spectacles|lenses",
        "physio|physiotherapy|physical",
        "dog|pooch|doggy|doggo|mutt",
        "puppy|pup|pupper",
        "cat|kitty|moggy",
        "grooming|groom|groomed",
        // Cars, watches, homes.
        "tire|tyre|wheel|tires|tyres|rubber",
        "replacement|replace|change|swap|renew|fitting",
        "repair|fix|mend|broken|mending",
        "oil|lube|lubrication",
        "brake|brakes|braking",
        "alignment|align|tracking",
        "aircon|ac|conditioning|air",
        "tuneup|service|maintenance|tune",
        "inspection|mot|check",
        "wash|valet|detailing|detail",
        "glass|crystal|lens|screen",
        "strap|band|bracelet",
        "battery|cell|batteries",
        "dent|ding|bump",
        "moving|move|relocation",
        // Tattoos, courses.
        "tattoo|tat|tats|ink|inked",
        "lesson|class|session|classes",
        "trial|taster|tryout|introductory|intro|try",
        "prenatal|pregnancy|pregnant|expecting|antenatal",
        "private|personal|individual",
        "training|workout|coaching|pt",
        // Sizes and people.
        "full|whole|complete|entire|all|total",
        "partial|half|few|some|part",
        "small|little|tiny|mini|wee",
        "large|big|huge|giant",
        "express|quick|fast|speedy",
        "luxury|deluxe|premium|fancy",
        "classic|basic|standard|regular|normal|simple|plain",
        "men|man|mens|male|gents|gentleman|gentlemens|guys|husband|boyfriend|hubby|dad|father|guy|grandpa|him",
        "women|woman|womens|female|ladies|lady|wife|girlfriend|mum|mom|mother|grandma",
        "kids|kid|child|children|childrens|childs|kiddie|kiddies|kiddy|boy|girl|son|daughter|toddler|junior|boys|girls",
        "senior|seniors|elderly|oap|pensioner",
        "home|house|domicile",
    ],
};
