//! The words around names in English.

use crate::language::vocabulary::NameWords;

pub(super) const NAMES: NameWords = NameWords {
    own: "names|my name is|my names|my full name is|full name is|name is|i am called|im called|\
          i go by|under the name|under the name of|in the name of|the names|name|full name|\
          first name|first name is|my first name is|on behalf of",
    perhaps_own: "im|i am|this is|its|it is|you are speaking with|youre speaking with",
    answers: "for|should be under|call me|under|put it under|put me under|book it under|\
        book me under|put me down as|put it down as|book it as|book me as|booking under|just put|\
        make it|put",
    other: "its for|it is for|this is for|this ones for|this one is for|thats for|shes|she is|hes|\
        he is|his name is|her name is|their name is|his names|her names|their names|his name|\
        her name|shes called|hes called|its called|theyre called|who is called|\
        the appointment is for|the booking is for",
    surname: "surname|surname is|my surname is|last name|last name is|my last name is|family name",
    guardians: "mum|mom|mummy|mommy|mam|dad|daddy|owner|mother|father",
    present: "here|is my name",
    sign_off: "regards|kind regards|best regards|warm regards|best|all the best|best wishes|\
               sincerely|yours|cheers|many thanks|thanks|thank you|thx|love|xx|xoxo",
    titles: "mr|mrs|ms|miss|mx|dr|doctor|prof|professor|sir|madam|mister|missus|rev|capt|doc|coach|\
        teacher|nurse",
    around: "x|xx|xxx|xo|xoxo|ta|cheers|uh|um|er|erm|uhm|hm|hmm|oh|ah|so|well|anyway|sure|\
        of course|yes|yeah|yep|no|ok|okay|hi|hello|hey|please|pls|plz|thanks|thank you|thx|lol|\
        haha|hehe|here|just|only|actually|sorry|is fine|will do|as always|again|to you|the name|\
        that would be|that will be|heyy|heyyy|hii|hiii|helo|helloo|best wishes|kind regards|\
        best regards|regards|much love|all the best|lots of love|gladly|no problem|right|alright|\
        great|perfect|cool|good morning|good afternoon|good evening|good day|good|ty|is my name|\
        is the name|bye",
    firm: "yes|yess|yesss|yeah|yep|yup|yea|ya|ye|absolutely|definitely|go ahead",
    leads: "yes|yeah|yep|yup|yea|ya|ye|sure|ok|okay|k|of course|certainly|no problem|sure thing|\
        alright|right|great|cool|absolutely|definitely|go ahead",
    linking: "de|van|von|der|den|bin|al|el|la|le|du|st|ter|ten|ibn|ap|da|dos|di",
    never: "check|checks|checkup|checkups|lemme|gimme|hang|hold|wait|sec|second|minute|moment|\
        wishes|regards|together|goes|wants|needs|then|straight|whatsapp|lol|lmao|rofl|haha|hahaha|\
        hehe|btw|tbh|ngl|imo|fyi|asap|broke|skint|stuck|dead|beat|swamped|stoked|knackered|keen|\
        question|brain|talk|soon|i|you|we|they|he|she|it|me|him|us|them|my|your|his|her|our|their|\
        this|that|these|those|the|a|an|is|are|was|were|be|been|am|do|does|did|done|can|could|would|\
        should|shall|will|have|has|had|what|why|how|when|where|which|who|whom|whose|not|dont|\
        doesnt|didnt|cant|wont|isnt|arent|to|at|on|in|for|with|from|of|by|about|and|or|but|if|\
        because|so|than|there|want|need|get|got|take|see|know|think|go|going|come|coming|other|\
        another|different|later|earlier|today|tomorrow|any|some|also|too|very|much|more|less|all|\
        every|each|already|told|tell|said|say|ask|asking|its|im|id|ill|ive|whats|hows|thats|lets|\
        theres|hes|shes|youre|theyre|whos|anyone|anybody|someone|somebody|something|anything|\
        nothing|everything|nobody|one|ones|thing|things|way|stuff|sort|kind|bit|lot|same|up|out|\
        down|off|over|back|still|yet|now|never|always|maybe|perhaps|really|quite|pretty|after|\
        before|until|till|between|around|like|works|work|looks|sounds|sounding|lovely|brilliant|\
        wonderful|fantastic|amazing|nice|super|new|old|young|urgent|booked|booking|appointment|\
        appointments|time|times|day|week|month|hour|hours|minutes|name|names|number|sorry|free|\
        busy|late|early|sick|ready|interested|allergic|pregnant|afraid|happy|glad|fine|good|bad|\
        okay|running|looking|calling|texting|writing|trying|thinking|hoping|wondering|waiting|\
        outside|nearby|available|able|unable|currently|regarding|client|customer|regular|patient|\
        ridiculous|idk|omg|wtf|yourself|myself|himself|herself|either|both|none|whatever|whenever|\
        wherever|doing|making|having|being|getting|let|make|put|give|use|help|please|aged|year|due|\
        years|appt|dunno|nope|nah|stop|cancel|american|british",
    also_names: "roger|king|don|april|may|june|august|dale|guy|sean|hope|grace|faith|will|mark|bill|\
                 rose|joy|dawn|eve|day|good|young|long|love|lane|house|park|price|real|sharp|weeks|\
                 beard|mate|frances|german|ella|early|best|noel|easter|christian|summers|winter|\
                 holiday|barber|le|wells|bishop|major|frank|rich|art|pat|chase|drew|lance|wade",
    done_to: "",
    done_to_endings: "",
    goes_to: "",
    fits: "book|get|fit|squeeze|pop|put|have|see|take",
    fitted: "in|for|a|an|down|booked|seen",
    speaks_of: "dont tell|tell|say hi to|say hello to|give my love to|my love to|regards to|\
        no offence to|no offense to|nothing against|dont worry",
    acts: "can|could|does|works|has|do",
    is_in: "is * in|is * there|is * around|is * working|is * on|does * work|will * be in|\
        will * be there|when is * in|whens * in|when does * work|what days does * work",
    told_after: "is her name|is his name|is its name",
    sees: "",
    whose: "",
    articles: "",
    asks: "what|whats",
    says_name: "name|names",
    under: "name|names|under|as",
    of_customer: "my|me",
    is_name: "is the name|is his name|is her name",
    not_me: "not me",
    possessive: "s",
    groups: "men|women|gent|lad|lady|gentleman|kid|child|children|boy|girl|toddler|baby|teen|teenager|senior|student|pensioner|oap|guy|dude|dog|cat|puppy|bride|bridesmaid|groom|dad|mum|mom|adult|beginner|pet|client|people|everyone|tomorrow|today|year|month|week",
    endings: "ing|ed|ous|ful|able|ible|ive|less|ish|ly",
    small: "van|von|der|bin",
    mac: "mc",
    diminutives: "",
    whom: "him|her",
    who: "he|she",
    before_who: "can|could|would|will|is|does",
};
