//! How services are named, in English.

use crate::language::vocabulary::{LengthWords, Look, Trade};

pub(super) const TRADE: Trade = Trade {
    head_first: false,
    small: "stylist|stylists|therapist|therapists|and|the|with|for|a|an|of|or|to|in|on|my|me|your|\
        at|by|is|it|s|i|you|get|need|want|have|please|can|could|would|like|some|this|that|do|did|\
        not|but|her|his|our|are|was|be|will|has|its|im|id|from|what|any",
    weak: "free|full|whole|complete|entire|all|total|partial|half|mini|new|old|used|small|little|\
        tiny|big|large|long|short|medium|extra|quick|express|fast|classic|basic|simple|standard|\
        regular|normal|luxury|deluxe|premium|special|general|private|single|double|first|second|\
        initial|follow|adult|session|class|lesson|service|treatment|appointment|package|plan|visit|\
        deep|hot|cold|best|good|great|man|men|mens|gents|woman|women|womens|lady|ladies|kid|kids|\
        child|childrens|children|boy|boys|girl|girls|senior|student|one|day|hour|minute|min|time|\
        off|out|look|few|some|part|both|interim|quarter|job|work|straight|post|same|home|night|\
        feline|canine|dog|dogs|puppy|puppies|pup|cat|cats|kitten|kittens|pet",
    everyday: "post|same|home|night|day|free|general|normal|regular|standard|basic|new|open|first|\
        good|quick|him",
    adverbs: "back|over|round|down|through|off|out",
    whose: "man|men|mens|gents|woman|women|womens|lady|ladies|kid|kids|child|childs|childrens|\
        children|boy|boys|girl|girls|adult|adults|senior|seniors|dog|dogs|puppy|puppies|pup|cat|\
        cats|kitten|kittens|husband|wife|son|daughter|mum|mom|dad|male|female",
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
    held: "am in for|booked in for|booked in on|im in on|im in next|im booked in|im in this|i have|\
        i already have|i still have|ive got|ive already got|ive still got|i got|i had|ive had|\
        we have|weve got|we had|you have me down for|youve got me down for|have me down for|\
        got me down for|you have me in for|youve got me in for|you have me booked for|\
        youve got me booked for|im booked|were booked|im down for|im in for|i booked",
    definite: "the|my|that|this|your|our",
    same: "hers done|his done|theirs done|do hers|do his|same thing|the same please|same again|\
        same service|same one|same as me|same as mine|same for|same treatment|same deal|same job|\
        the same too|the same as well|exact same|same as last time|same as before|same as him|\
        same as her",
    likewise: "same",
    recounts: "my last|my old|last set|freak|freaks|freaked|scares|scared|lifted|chipped|grew out|\
        ruined|messed up|hates|hate|hated|loves|afraid|terrified|nervous|left me|gave me|did me|\
        did my|did a|made a|messed|butchered|botched|last time he|last time she|last time they|\
        last time you|the other time|turned out|came out|is not a fan|isnt a fan|used to|\
        doesnt like|cant stand|is killing|are killing|is winning|are winning",
    duties: "have to|need to|got to|gotta|must|has to|going to|gonna",
    bearers: "dentist|barber|stylist|hairdresser|groomer|vet|doctor|nurse|teacher|tutor|instructor|\
        mechanic|optician|physio|therapist|tooth|teeth|molar|gum|gums|mouth|jaw|hair|head|neck|\
        knee|hip|ankle|wrist|shoulder",
    offers: "do you do|do you guys do|do yous do|do yall do|do ye do|do you take|do you see|\
        do you treat|do you cut|do you handle|do you guys take|do you guys see",
    becomes: "turned into|turned to|changed to|changed into|changed for|switched to|switched for|\
        swapped for|swapped to|converted to|converted into|upgraded to|bumped up to|could that be|\
        could it be|can that be|can it be|make it|make that|make mine|turn it into|turn that into|\
        up it to|bump it to|upgrade it to|have it be|go for|do the|get the|have the",
    newcomer: "never been|never with|first time|first visit|not been before|havent been before|\
        hasnt been before|not been to|never seen|never had|new patient|new client|new customer|\
        new there|new here|im new|hes new|shes new|never come before|never came before|\
        not a patient yet",
    initial: "initial|first|new|intro|introductory",
    has_to: "to",
    owned: "my|his|her|your|the",
    ones: "one|ones",
    joint: "and|&|+",
    other_endings: "e",
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
        half_of: "a|an",
        half_one: "one",
        lasting: "long",
        more: "",
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
    plain: "we|he|she|us|our|able|about|above|absolutely|across|actually|after|again|ages|agree|\
        agreed|allow|almost|alone|already|although|always|amazing|among|angry|annoyed|annoying|\
        answer|anyone|anyway|appear|argh|around|ask|asking|aunt|autumn|away|awesome|awful|bank|\
        bathroom|beach|became|become|beer|before|beg|began|begged|begin|behind|being|believe|below|\
        bet|better|between|birthday|bite|blame|blast|boat|book|books|boring|born|boss|bother|\
        bought|break|breakfast|brief|bring|broke|broth|brother|brothers|brought|bug|built|bummer|\
        bus|bush|busy|buying|bye|called|calm|came|camp|cannot|card|care|cared|cash|catch|cause|\
        celebrate|certain|chance|chase|cheap|cheat|cheeky|cheers|choice|choose|church|cinema|city|\
        clear|clever|close|closed|cloud|clue|coffee|coming|cool|corner|cost|course|cousin|covid|\
        crap|crazy|crowd|crowded|cruise|cry|crying|cup|curious|current|customer|cute|cuter|cutest|\
        cutie|damn|dang|dare|date|dead|deadline|deal|dear|death|decent|decide|delayed|delivery|\
        desk|dice|die|died|differ|dinner|dirt|dive|divorce|does|doing|done|door|doubt|down|dozen|\
        draw|dream|dreams|drink|drove|dump|during|dust|duty|early|earth|easy|eat|eating|either|\
        else|email|empty|ended|enjoy|enough|even|ever|every|everyone|exact|exactly|excited|excuse|\
        expensive|explain|fab|fact|fail|fair|fall|fallen|falling|false|famous|far|farm|fault|fear|\
        feed|feel|feeling|feelings|fell|felt|fetch|fever|fight|file|final|finally|find|finding|\
        fine|finish|fire|flight|flood|floor|flow|flower|food|fool|forget|forgot|form|forward|found|\
        fox|fresh|fridge|friend|friends|frost|fruit|fun|funny|further|fuss|future|game|gap|gather|\
        gave|geez|give|given|gives|giving|glad|glow|goes|going|gone|gosh|grab|grabs|grade|greet|\
        grew|ground|grow|growing|grown|guess|guest|guide|guilty|habit|hall|hang|happen|happened|\
        happens|happy|hard|harm|hate|have|having|hear|heard|heat|heavy|heck|hell|hello|help|here|\
        hey|hide|hike|hiking|hill|hit|hobby|hold|holding|hooray|hope|hoping|horse|hospital|host|\
        hotel|however|hundred|hungry|hurry|hurt|hurts|idea|ill|illness|immediately|important|\
        indeed|inside|instead|into|issue|jam|jeez|jobs|join|joke|joking|juggle|jump|junk|jury|keep|\
        kept|kick|kicked|kicking|kill|killer|killing|kind|knew|know|knows|lad|land|last|lasted|\
        late|lately|later|latest|laugh|laughing|lazy|lead|leap|learn|least|leave|left|less|let|\
        letter|lie|lied|life|line|list|listen|live|living|load|local|lock|log|lol|loose|lose|lost|\
        lots|loud|love|lovely|low|luck|lucky|lunch|mad|made|maid|mail|main|make|maker|making|\
        managed|manager|market|married|marry|mate|matter|maybe|meal|mean|means|meantime|meet|\
        meeting|mention|mercy|mess|message|messages|met|middle|might|mile|million|mind|mine|miss|\
        missed|mistake|moment|money|monkey|month|mood|moon|more|morning|most|moved|movie|much|mud|\
        munch|must|name|nasty|near|nearly|neither|nephew|nest|never|news|next|nice|niece|night|\
        nine|ninety|none|noon|nope|nor|north|nothing|notice|nowhere|number|obviously|odd|offer|\
        offered|office|often|okay|omg|once|oops|opinion|orange|order|other|ought|ours|outside|over|\
        own|owner|page|paid|pal|parent|parents|park|party|passed|past|path|pay|paying|pea|peace|\
        people|perfect|perhaps|person|phrase|pick|picked|pie|pig|pill|pink|pity|pizza|place|places|\
        plane|please|plenty|pocket|poet|point|poor|poorly|porch|possible|possibly|potato|pound|\
        pray|pretend|pretty|price|prices|prob|probs|probably|problem|proper|proud|put|puts|\
        question|questions|queue|quiet|quite|race|rain|rained|raining|raise|ran|rang|rather|raw|\
        reach|read|ready|real|really|reason|receipt|recent|recently|refund|regret|rely|remain|\
        remember|remind|reminder|rent|rescue|rich|right|river|road|rob|room|rough|round|rude|rugby|\
        ruined|rule|rush|rushed|rushing|sad|safe|said|sale|same|sauce|save|saw|say|saying|says|\
        scared|scary|schools|sea|secret|seeing|seem|seems|seen|self|selfish|sell|send|sending|\
        sense|sent|serious|settle|seven|shaken|shall|shame|share|sheep|sheet|shes|ship|shit|\
        shocked|shone|shoot|shooting|shoots|shop|shopping|should|shoulder|shoulders|shout|shouting|\
        show|showed|shy|sick|side|silence|silly|similar|since|sister|sisters|sixty|size|ski|sky|\
        slept|slots|slow|snack|snow|soccer|soldier|solid|someone|sons|soon|sorry|sort|sorted|\
        sounds|soup|sour|south|speak|spend|spent|spoil|spoke|spring|start|started|starting|state|\
        stay|steal|steep|still|stood|stop|stopped|store|story|street|stressed|strong|stuff|stupid|\
        such|suck|sucks|sudden|suddenly|sugar|summer|sunny|sure|surely|swear|sweat|sweet|take|\
        taken|talk|talked|talking|team|teenager|tell|terrible|than|thank|thanks|that|their|them|\
        then|there|these|they|thief|thing|think|third|thirty|this|those|though|thought|through|\
        till|tired|today|together|told|tomorrow|tonight|took|tough|town|trade|traffic|trail|tricky|\
        tried|trip|trouble|true|trust|truth|trying|turn|turned|turning|turns|twelve|twice|type|ugh|\
        ugly|uncle|under|unfortunately|uni|unless|unlucky|until|upon|upset|using|usual|usually|\
        vacation|very|view|village|vote|wait|waiting|wake|wakes|wander|wanna|want|wanted|war|warm|\
        waste|watch|watched|watching|weather|week|weird|welcome|well|went|were|west|what|when|\
        where|which|while|whoa|whose|will|win|wine|winter|wish|with|within|without|woke|won|wonder|\
        word|words|world|worried|worry|worse|worst|worth|would|wow|write|writing|wrong|yard|yay|\
        year|years|yell|yep|yes|yesterday|yet|yikes|young|younger|your|yours|yuck|zero|zoo|\
        afterward|analyses|analysts|asses|assets|assignment|bands|banks|basin|basis|bears|bending|\
        blake|bleeding|blind|blows|board|brace|brave|breathing|breed|broker|brown|chair|cheek|\
        chile|chili|chill|clearing|clown|collection|connection|conservation|contract|convention|\
        conventions|conversion|correlation|corruption|couch|denial|diving|driven|driver|\
        elimination|emergence|expressing|extinction|fails|fellow|filing|filming|flame|flour|format|\
        genes|genus|gross|healthy|heath|incentive|infection|injection|inspector|insured|intensity|\
        larger|leading|leaning|limitation|manor|manuel|mates|mayor|medication|medications|myths|\
        needless|norman|overlap|overly|packing|patent|pirates|planning|plates|playing|practiced|\
        purchased|riots|robots|rooms|ruining|scare|scots|selling|sensor|shade|shake|shaking|shale|\
        shane|sharing|shoes|shops|shore|shorts|shove|shows|sided|sites|slave|slides|slight|smell|\
        sorts|sport|stall|stoke|stole|stores|stove|switches|synthesis|tapping|threat|tiles|tones|\
        torch|tower|tribal|tumor|types|typing|warranty|winner|worms",
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
        "kids|kid|child|children|childrens|childs|kiddie|kiddies|kiddy|boy|girl|son|daughter|\
            toddler|junior|boys|girls",
        "senior|seniors|elderly|oap|pensioner",
        "home|house|domicile",
    ],
};
