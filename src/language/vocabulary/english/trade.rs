//! How services are named, in English.

use crate::language::vocabulary::{LengthWords, Look, Trade};

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
           straight|post|same|home|night|feline|canine|dog|dogs|puppy|puppies|pup|cat|cats|kitten|kittens|pet",
    everyday: "post|same|home|night|day|free|general|normal|regular|standard|basic|new|open|first|good|quick",
    adverbs: "back|over|round|down|through|off|out",
    whose: "man|men|mens|gents|woman|women|womens|lady|ladies|kid|kids|child|childs|childrens|children|boy|boys|girl|\
            girls|adult|adults|senior|seniors|dog|dogs|puppy|puppies|pup|cat|cats|kitten|kittens|husband|wife|son|\
            daughter|mum|mom|dad|male|female",
    sizes: "small|little|tiny|mini|medium|large|big|huge|giant|short|long",
    things: "something|anything",
    prices: "price|prices|rate|rates|discount|fare|fee",
    done: "ed|en",
    to_do: "",
    opens: "check if|check whether|checking if|checking whether|check when|check that|check availability|\
            check what|check the price|check the prices|check how",
    may_open: "quick check|quick consult|just a check",
    asks: "what|when|where|who|how|which|do|does|can|could|is|are|would|have",
    tells: "ill|im|its|is|was|were|been|be|live|lives|work|works|saw|got|came|comes|go|going|went|parked|\
            left|hurts|has|had|ive|hes|shes",
    held: "i have|i already have|i still have|ive got|ive already got|ive still got|i got|i had|ive had|\
           we have|weve got|we had|im booked|were booked|im down for|im in for|i booked",
    definite: "the|my|that|this|your|our",
    same: "same thing|the same please|same again|same service|same one|same as me|same as mine|same for|\
           same treatment|same deal|same job|the same too|the same as well|exact same|same as last time|\
           same as before|same as him|same as her",
    becomes: "make it|make that|make mine|turn it into|turn that into|up it to|bump it to|upgrade it to|have it be|\
              go for|do the|get the|have the",
    newcomer: "never been|never with|first time|first visit|not been before|havent been before|hasnt been before|\
               not been to|never seen|never had|new patient|new client|new customer|new there|new here|im new|\
               hes new|shes new|never come before|never came before|not a patient yet",
    initial: "initial|first|new|intro|introductory",
    length: LengthWords {
        hours: "hour|hours|hr|hrs|h",
        bare: "hour|hr",
        minutes: "minute|minutes|min|mins",
        halves: "half",
        and_a_half: "and a half|and half",
        single: "a|an|one|full|whole",
        definite: "the|that",
        longer: "long|longer|longest",
        shorter: "short|shorter|shortest",
        before: "in|within|by|back|forward|after|before|every|another|least|than|on|until|till|extra",
        after: "later|earlier|late|early|before|after|ago|away|from|notice|drive|delay|behind|break|lunch",
    },
    look: Look {
        verbs: "see|sees|seeing|examine|assess",
        before: "",
        after: "him|her|them|us|me",
        glances: "a look at|have a look|take a look|look at|looks at|looking at|looked at|\
            look him over|look her over|look it over|look over|be seen|get seen|seen to|\
            seen by|checked over|checked out|check him over|check her over|check it over|\
            check him out|check her out|see the vet|see a vet|see the doctor|see a doctor|\
            see the dentist|see a dentist|see the nurse|see somebody|see someone|\
            see the physio|to see my son|see my son|see my daughter|see my dog|see my cat|\
            see my child|see my kid|see my mum|see my mom|see my baby|see my puppy|\
            see my kitten|see our dog|see our cat",
        own: "i|ill|we|let|well|cant|youll",
        asked: "you|someone|somebody|they|him|her|them|it|vet|doctor",
        services: "consultation|consult|checkup|check|exam|examination|assessment|diagnosis|\
            diagnostic|diagnostics|evaluation|visit|inspection",
        simple: "general|initial|first|standard|basic|regular|normal|routine|full|appointment|\
            session",
        fields: "medical|clinical|dental|vet|veterinary|legal|eye|bike|car|pet|skin|health|\
            patient|up|doctor|physio|routine|full|computer|laptop|phone|device|safety",
    },
    plain: "able|about|above|across|actually|after|again|ages|alone|already|although|always|\
            among|anyone|anyway|around|asking|away|awesome|awful|bathroom|beach|became|become|\
            before|began|begin|behind|being|believe|below|better|between|blame|bother|bought|\
            break|bring|broke|brought|built|busy|buying|called|came|card|care|cared|cash|catch|\
            certain|chance|cheap|cheers|choice|choose|city|clear|close|closed|coffee|coming|\
            cost|course|crazy|crowd|crowded|cruise|current|cute|cuter|cutest|cutie|date|deal|\
            dear|death|decide|dinner|does|doing|done|doubt|down|dream|dreams|drink|during|early|\
            earth|easy|either|else|ended|enough|even|ever|every|everyone|exact|exactly|fact|\
            fair|fall|fallen|falling|false|famous|far|fault|fear|feed|feel|feeling|feelings|\
            fell|felt|final|finally|find|finding|fine|finish|fire|food|forget|form|friend|funny|\
            game|gave|glad|goes|going|gone|grade|ground|guess|hall|happen|happy|hard|hate|have|\
            having|hear|heard|hello|help|here|hold|holding|hope|horse|hotel|however|idea|inside|\
            instead|into|issue|keep|kept|killer|kind|knew|know|knows|lasted|lately|later|laugh|\
            lead|learn|least|leave|left|less|life|line|list|listen|live|local|lock|loose|lose|\
            lost|lots|loud|love|lovely|luck|made|mail|main|make|maker|making|mate|matter|maybe|\
            meal|mean|means|meet|meeting|mention|mess|message|messages|middle|might|mile|mind|\
            mine|miss|missed|moment|money|month|mood|more|morning|most|moved|movie|much|must|\
            name|near|nearly|neither|never|news|next|nice|night|none|noon|north|nothing|number|\
            often|okay|once|order|other|ours|over|page|paid|parent|park|party|passed|past|\
            people|perfect|person|pick|place|places|plane|please|point|poor|possible|pretty|\
            price|prices|probably|problem|quiet|quite|raise|rather|reach|read|ready|real|really|\
            reason|right|road|room|round|rule|safe|said|sale|same|save|says|seem|seems|seen|shes|\
            sell|send|sense|sent|serious|settle|seven|shaken|shall|shame|share|shop|shopping|\
            should|shoulder|shoulders|show|sick|side|silly|since|sister|sisters|slow|snow|\
            someone|soon|sorry|sort|sorted|sounds|south|speak|spend|spent|spring|start|started|\
            state|stay|steep|still|stop|stopped|store|story|street|strong|stuff|such|sure|sweet|\
            take|taken|talk|tell|than|thanks|that|their|them|then|there|these|they|thing|think|\
            third|this|those|though|thought|through|till|tired|today|together|told|tomorrow|\
            tonight|took|tough|town|trade|traffic|trail|tried|trip|trouble|true|trust|truth|\
            trying|turn|turned|turning|turns|type|under|until|upon|using|usual|usually|very|\
            view|wait|waiting|want|wanted|warm|waste|weather|week|weird|well|went|were|west|\
            what|when|where|which|while|whose|will|wine|winter|wish|with|within|without|woke|\
            wonder|word|words|world|worry|worse|worst|worth|would|write|writing|wrong|year|\
            years|yesterday|young|your|yours",
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
        "foot|feet",
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
        "dog|pooch|doggy|doggo|mutt|canine",
        "puppy|pup|pupper",
        "cat|kitty|moggy|feline",
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
        // Places.
        "rear|hind|back",
        "upper|top",
        "lower|bottom",
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
