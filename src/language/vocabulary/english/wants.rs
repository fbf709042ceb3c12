//! What is wanted, in English.

use crate::language::{intent::Intent, vocabulary::Phrases};

#[expect(clippy::too_many_lines, reason = "a table, one line for each meaning")]
pub(super) fn intent(intent: Intent) -> Phrases {
    match intent {
        Intent::Greeting => {
            "hi|hello|hey|hiya|helo|hallo|heya|good morning|good afternoon|good evening|good day|\
                greetings|hey yall|hi yall|hey guys|hi guys|hey team|hi team|hi folks|hey folks|\
                hi all|hey all|hi everyone|hi there|hello there|hey there|morning all|howdy|gm"
        }
        Intent::Thanks => {
            "thanks|thank you|thx|thnx|tnx|ty|cheers|much appreciated|thanks a lot|many thanks|\
             tks|appreciate it|thank you so much|thanks so much|thankyou"
        }
        Intent::Farewell => {
            "bye|goodbye|good bye|see you|good night|have a nice day|have a good day|bye bye|\
             take care|ttyl|cya|talk later|have a great day|have a good one|see you later"
        }
        Intent::Book => {
            "book|booking|appointment|appointments|appts|reserve|reservation|schedule|\
             availability|openings|opening|slot|slots|are you free|do you have anything|\
             got anything|do you have any|have you got|fit me in|squeeze me in|available|\
             do you have space|have time|have a spot|spot|spots|any space|free slot|be seen|\
             have anything|anything free|anything open|do you have time|got any"
        }
        Intent::Cancel => {
            "[have to/need to/got to/gotta/going to/gonna/want to/like to/better/ill/well/lets/\
                    can we/can you/could you/pls/please] \
                    [scratch/scrap/bin/axe/ditch/scrub/nix/bin off/sack off/knock on the head]|\
                to scratch [monday/tuesday/wednesday/thursday/friday/saturday/sunday]|\
                [bin/scrap/axe/ditch/scratch/scrub/nix] \
                    [the/my/our/hers/his/theirs/mine/that one/this one/both/one of my/one]|\
                [drop/lose] [hers/his/theirs/mine/the other/the other one/the appointment/my appointment]|\
                [gotta/have to/need to/going to/gonna] drop my|\
                take [out the/out my/that out/it out of the diary/it out of the book]|\
                call [off/it off/off my/off the]|\
                take my [booking/appointment/appt] off|\
                take [me/us/him/her] [off/out] [the list/the book/the books/the diary/the schedule]|\
                take me [off for/out/off]|just take me off|\
                [cross/scratch] me off|cross me off the list|cancel|cancel both|cancel it|cancel that|bail|\
                [have to/gonna have to/need to/gotta] bail|bail on|bin off|bin it|\
                drop my appointment|[wont/will not] be needing|wont need|no longer be needing|\
                dont need either|pull out of|withdraw|[not/wont be] going ahead|cxl|cancle my|\
                delete my|delete my [appointment/booking]|remove my [appointment/booking]|erase my|\
                give up my|give my slot|free up my slot|cancellation|cancelling|canceling|canel|cancle|\
                no longer need|no longer needed|dont need [it/the appointment/my appointment]|\
                dont need it anymore|pull the plug on|[wont/not going to/not gonna] bother with"
        }
        Intent::Keep => {
            "dont cancel|do not cancel|dont cancel my appointment|do not cancel my appointment|\
             not cancel|didnt cancel|dont move it|do not move it|dont move my appointment|\
             keep my appointment|keep my booking|was going to cancel but no|dont change it"
        }
        Intent::Policy => {
            "cancellation policy|cancelation policy|your policy|if i cancel|too late to cancel|\
             can i cancel later|too late to move|until when can i cancel|how late can i cancel|\
             charge for cancelling|charge for canceling|cancellation fee"
        }
        Intent::NeverMind => {
            "leave it for now|leave it for today|leave it for the moment|could we leave it for now|\
                can we leave it for now|lets leave it for now|lets leave it for today|nothing then|\
                then nothing|forget it|forget about it|never mind|nevermind|nvm|scrap it|\
                scrap that|leave it|leave it as it is"
        }
        Intent::Reschedule => {
            "can that go to|can it go to|could it go to|could that go to|can that go|could that go|\
                could we leave it for|can we leave it for|could we leave it till|\
                can we leave it till|could we leave it until|can we leave it until|\
                lets leave it for|lets leave it till|leave it for|leave it till|leave it until|\
                changing my|changing it|changing the|reschedule|rescheduling|resched|re schedule|\
                rebook|move|moving my|moving it|moving the|move it|move my|change my|change it|\
                change that|change this|change our|change the time|change the day|change the date|\
                change the appointment|change appointment|change an appointment|change time|\
                postpone|push my|push mine|push it|push back|pushed back|push that|move mine|\
                change mine|put off|swap|swap my|shift my|switch my|switch it|bring my appointment|\
                bring my booking|bring forward|delay my|different time for my"
        }
        Intent::Appointments => {
            "who am i with|who is my appointment with|whos my appointment with|who have i got|\
                who am i seeing|who am i booked with|when is my|whens my|did i book|\
                what did i book|when did i book|was i supposed to come|am i supposed to come|\
                what time was i|when was i|i booked|i had booked|i have booked|\
                i have an appointment|i have a booking|my appointment is|im booked|i am booked|\
                my booking is|when am i|what time is my|what time am i|what time was my|\
                what day is my|what day was my|do i have an appointment|do i have a booking|\
                my appointments|my bookings|my next appointment|show my appointment|\
                check my appointment|when was my|am i booked|am i booked in|when do i come in|\
                when im coming in|when am i coming in|remind me when|show my appointments|\
                my upcoming appointments|is my appointment|what time do i have|\
                when is the appointment|what time is the appointment|whats my appointment|\
                have i got an appointment|what appointments do i have|list my appointments|\
                remind me when im coming in|which appointments do i have|what have i got booked|\
                what do i have booked|which appointments|what time was that|when was that|\
                what time is that|when is that again|what time was it|can you confirm|\
                could you confirm"
        }
        Intent::Human => {
            "can someone call|can somebody call|can someone ring|can someone phone|\
                can someone contact|can someone get in touch|can somebody ring|someone real|\
                somebody real|real human|an actual human|someone from your team|\
                somebody from your team|someone at the desk|someone there i can talk to|human|\
                agent|representative|operator|receptionist|real person|a person|actual person|\
                talk to|speak to|speak with|talk with|call me|a bot|a robot|are you real|manager|\
                the owner|live agent|customer service|phone me|ring me|give me a call|call me back|\
                live person|staff member"
        }
        Intent::StartOver => {
            "start over|start again|restart|begin again|from the beginning|reset|startover|\
             from the start|from scratch|start afresh"
        }
        Intent::Stop => {
            "unsubscribe me|opt me out|stop sending me|stop spamming me|stop bothering me|\
                stop messaging me|stop texting me|stop sending me messages|stop sending me texts|\
                stop sending messages|stop messages|stop contacting me|do not text me|dont text me|\
                dont message me|do not message me|take me off your list|remove me from your list|\
                dont contact me|do not contact me|leave me alone|dont send me any more messages|\
                no more messages|dont text me anymore"
        }
        Intent::Hours => {
            "your hours|what hours|opening hours today|opening times|opening time|closing time|\
             opening hours|when are you open|when do you open|when do you close|\
             what time do you open|what time do you close|are you open|are you closed|\
             what are your hours|business hours|working hours|how late are you open|\
             until what time are you open|do you work|do you open|do you close|open until|\
             open till|what days are you open|what time are you open|open on|is working|\
             working on|are you working|how late do you stay open|are you guys open"
        }
        Intent::Price => {
            "how longs [that/it/a/the/this]|difference between|the difference|\
                [does it take/take/takes/is it] long|price|prices|cost|costs|pricing|price list|\
                rates|charge|charges|fee|fees|\
                how long [does/does it take/it takes/would/roughly/abouts/are/is/will/do]|\
                how many [minutes/hours]|how much time|duration|in total|expensive|\
                how much|how much [is/does/for]|quote|do you charge|run these days|\
                [whats/what is/what] the damage|what would that set me back|set me back"
        }
        Intent::Address => {
            "address|where are you|where exactly|whereabouts|where abouts|where are you located|\
             location|where is the salon|where is the shop|how do i get there|directions|located|\
             where is it|where do i go|find you|where is your|wheres your|where is the place|\
             how to get there"
        }
        Intent::More => {
            "more times|other times|other time|another time|different time|another day|different day|\
             a different time|a different day|other days|more options|other options|show more|\
             none of these|none of those|none of them|something else|anything else|more slots|\
             what else|what else do you have|any other|any other time|any other times|\
             any other day|any other days|other slots|other dates|another date|different date"
        }
        Intent::Soonest => {
            "first thing|first thing in the morning|first spot|the first spot|first spot you have|\
                first spot youve got|first slot you have|first slot youve got|the first slot|\
                the first opening|first one youve got|the first one you have|\
                the first one youve got|first time you have|first time youve got|\
                the first time you have|first appointment|the first appointment|first appt|\
                earliest youve got|earliest you got|first you got|the earliest|\
                the earliest will do|the earliest is fine|the earliest you have|\
                the earliest youve got|whats the earliest|earliest possible|earliest time|\
                earliest slot|earliest one|earliest appointment|the soonest|soonest you have|\
                first thing youve got|first thing you have|first you have|first youve got|\
                first one you have|whatever is first|whatevers first|next one available|\
                as early as you can|as early as youve got|asap|as soon as possible|soonest|\
                earliest|first available|next available|the first one|earliest available|\
                earliest you have|right now|right away|now|first slot|first opening|next opening|\
                as early as possible|soon as possible|immediately|first one available|a s a p|\
                as soon as you can"
        }
        Intent::Latest => {
            "the latest|whats the latest|latest [you have/youve got/you do/possible/available/slot/\
                    appointment/appt/time/one]|as late as [possible/you can/you have/youve got]|\
                late as possible|the last slot|\
                last [slot/appointment/appt/one/time/spot] [of the day/you have/youve got/\
                    you do/available/that day]"
        }
        Intent::Menu => {
            "menu|help|options|what can you do|how does this work|what do you offer|services|\
             what services do you offer|what services do you have|what do you do|help me|main menu|\
             what are my options"
        }
        Intent::CannotCome => {
            "[isnt/is not/arent/are not] [going to/gonna/gunna] [work/happen]|\
                [isnt/arent/is not/are not] happening|is going to happen|\
                doesnt work [anymore/any more]|no longer works|wont work anymore|\
                forget [about/tomorrow]|dont expect [me/us]|not going to happen|\
                [something/somethin/summat] [came/has come/cropped/has cropped] up|\
                [cant/cannot/can not/wont/will not/not/be able to/able to/unable to/gonna not/\
                        wont be able to/will not be able to/not be able to] \
                    [make/be making/manage] [it/either/both/my/our/the appointment]|\
                [cant/cannot/can not/not] do my|\
                [not able to/not be able to/wont be able to/unable to/cant/cannot/can not] \
                    [come/attend/be there/come in/come along]|\
                [not/not going to/not gonna/not gunna] [make it/be coming/be there/be able to come]|\
                [wont/will not] be [coming/there/able to come/turning up/making it]|\
                not coming|cant get there|have to miss|[gonna/going to] miss|wont be making"
        }
        Intent::Late => {
            "running late|im late|minutes late|mins late|min late|hour late|hours late|\
                minutes behind|mins behind|late sorry|sorry im late|come late|coming late|\
                arriving late|little late|bit late|be a bit late|be a little late|be late|\
                ill be there in|i will be there in|running behind|be there in|there in|delayed|\
                stuck in traffic|a bit late|a little late"
        }
        Intent::Earlier => {
            "anything earlier|earlier|something earlier|sooner|anything sooner|something sooner|\
             any earlier|a bit earlier|earlier in the day|earlier time|earlier slot|\
             anything before that|something before that|earlier than that|forward"
        }
        Intent::Later => {
            "anything later|later|something later|any later|a bit later|later in the day|later time|\
             later slot|a little later|later on|later times"
        }
        Intent::SameTime => {
            "keep the time|keep the same time|keep my time|same time|that same time|\
                at that same time|same hour|the same time|at the same time|same time slot|\
                same day and time|same day same time|same day and same time|same day and hour|\
                the same day and time"
        }
        Intent::Anytime => {
            "whichever|whichever you got|whichever youve got|whichever you have|whichever is free|\
                whichever is easiest|whichever suits|whichever works|either works|either is fine|\
                either one|either will do|either suits|either|anytime|any time|any day|whenever|\
                flexible|any time works|whenever works|i dont mind|dont mind|doesnt matter|\
                doesnt matter when|whatever works|whatever time|im easy|any time is fine|\
                anytime works|anytime is fine|whenever is fine|whenever you can|whenever you have|\
                it doesnt matter|up to you|you choose|you pick|any date|any day works"
        }
        Intent::Anyone => {
            "whoever is in|whoevers in|whoever is in is fine|whoever you have|whoever youve got|\
                either of you|either dentist|either barber|either stylist|either therapist|\
                any of them|any of the team|any of you|whichever barber|whichever stylist|\
                whichever dentist|whichever of them|doesnt matter which barber|doesnt matter which|\
                not fussed who|not bothered who|not fussy who|anyone|anybody|whoever|no preference|\
                whoever is free|doesnt matter who|any stylist|any barber|any therapist|any dentist|\
                any hygienist|any tech|any technician|any groomer|any teacher|any tutor|\
                any instructor|any mechanic|any doctor|any vet|any physio|any artist|\
                any one of you|any of the girls|any of the guys|any of the lads|either of them|\
                dont mind who|i dont mind who|whoevers free|whoever is available"
        }
        Intent::Resume => "unstop|opt in|opt me in|subscribe me|resubscribe|subscribe me again",
        Intent::Language => "another language|change language|what languages|switch language",
        Intent::Group => "group booking|group|the whole family|all of us",
    }
}

pub(super) fn whole(intent: Intent) -> Phrases {
    match intent {
        Intent::Stop => {
            "stop|unsubscribe|opt out|optout|stop all|stopall|stop please|please stop|remove me"
        }
        Intent::Resume => "start|subscribe|start messages",
        Intent::Anytime => "any|anything",
        Intent::Human => "person|staff|call",
        Intent::Hours => "open|times",
        Intent::More => "more",
        Intent::Appointments => {
            "my appointment|my appointments|my booking|my bookings|my appointment please|my appt"
        }
        Intent::Late => "late",
        _ => "",
    }
}

/// What makes a yes.
pub(super) const YES: Phrases = "go on|go on then|yes|y|yep|yeah|yup|ya|yea|yas|yh|ye|ok|okay|okey|\
    k|kk|okie|sure|confirm|confirmed|correct|perfect|absolutely|definitely|agreed|great|right|fine|\
    good|works|deal|sounds good|sounds great|that works|works for me|go ahead|book it|book that|\
    book it in|please book|please book it|please book that|of course|for sure|no problem|\
    no worries|lets do it|do it|ill be there|i will be there|thats right|thats correct|thats fine|\
    that is fine|thats great|looks good|all good|lets go|i confirm|awesome|cool|by all means|\
    certainly|please do|excellent|why not|thats good|that is correct|alright|sure thing|will do";

/// What makes a no.
pub(super) const NO: Phrases = "no|nope|nah|never|neither|wrong|no thanks|no thank you|not now|\
    not yet|no way|i dont think so|dont think so|not really|no ty|no thx|dont|do not|not right now|\
    not anymore|absolutely not|rather not|id rather not|not interested|not that one|dont book it|not";

/// What changes neither.
pub(super) const FILLERS: Phrases = "if you have it|if you have one|if you have that|\
    if you have space|if you have room|if you have time|if thats free|if its free|\
    if thats available|if its available|if available|if free|if you could|if thats possible|\
    if its possible|if doable|if its open|if thats open|if you got it|if youve got it|\
    if youre free|if thats ok|if theres space|if theres room|if theres time|if she can|if he can|\
    if hes free|if shes free|if hes around|if shes around|if hes in|if shes in|ideally|preferably|\
    hopefully|poss|if poss|lol|lmao|haha|hahaha|hehe|xx|xxx|xo|xoxo|if possible|if you can|hun|\
    please|it|that|sorry|really|okay then|ok then|actually|im good|i am good|im ok|im fine|\
    wrong day|thats|this|is|the|a|i|go|for|me|to|with|time|very|much|so|all|then|would|be|am|im|\
    and|maam|sir|lets|one|will|want|you|thing|just|there|ill|dear|man|mate|bro|yet|do|looks|sounds|\
    my|appointment|booking";

/// What sounds like a wish and is none.
pub(super) const IDLE: Phrases = "\
    sun [life/cream/screen/damage/burn/block/tan/bed/spots/exposure/light/loungers]|sun [has/did]|\
    [the/in the/too much] sun|sat [nav/in/here/there/on/up/next to/with/through]|[kept/keep/keeping] [me/us/him/her] [/on] late|\
    [work/working/finish/finishing] late|\
    [xmas/christmas/halloween/thanksgiving/easter/new years/nye/valentines] \
        [do/party/parties/dinner/lunch/meal/bash/drinks/night out/concert/play/show/photos/shopping]|if it fits|if that fits|if they fit|if i fit|let me just check|\
    lemme just check|lemme check|just check with|ill just check|just need to check|change my mind|\
    im on shift|on shift|im better|im feeling better|feel better|feeling better|get better|\
    gets better|getting better|hes better|shes better|late [notice/reply/message/msg/response/text/answer]|\
    [5/five/7/seven] a side|how are you doing|how are you all|how are things|\
    hows things|hows it going|how is it going|how you doing|how have you been|hows everyone|\
    hope you are well|hope youre well|hows your day|what a pity|human again|only human|feel human|\
    like a human|i have to be|i need to be|i gotta be|i have to leave|i need to leave|\
    i gotta leave|need to be out by|come by|drop by|swing by|pop by|stop by|pass by|coming by|\
    stopping by|popping by|day off changed|bus stop|check with|let me check|ill check|\
    let me double check|need to check|have to check|gotta check|just checking|check my calendar|\
    check my diary|like last time|as last time|same as last time|i was hoping|i was wondering|\
    i was thinking|i was looking|was hoping|was wondering|at one point|at some point|sat down|\
    i got it|one of|no one|my appointment was|my haircut was|changed my mind|\
    i changed my mind|first week|last week of|the first week|the last week|the last week of|\
    first time here|maybe|not sure|i guess|i dont know|dont know|idk|perhaps|possibly|last time|\
    first time|what time|what day|this time|every time|on time|one more|next to|each time|\
    how are you|in case|at least|at all|at home|half price|after all|that day|the other day|\
    last week|yesterday|last month|any idea|a moment|a sec|a second|one sec|one moment|one second|\
    just a second|wait a minute|in a minute|wait|hold on|number one|may i|we may|you may|\
    in general|all day|as usual|no idea|for now|is that ok|is that okay|is it ok|too late|\
    too early|too soon|what for";

/// What else tells the language.
pub(super) const COMMON: Phrases = "manage|managed|managing|i|you|we|they|he|she|what|where|when|\
    who|why|how|which|can|could|would|should|will|shall|do|does|did|have|has|had|am|are|was|were|\
    be|been|need|want|like|get|got|come|came|make|take|takes|know|see|if|there|here|your|their|his|\
    her|with|some|any|something|anything|nice|dog|cat|sick|weather|nearby|near|credit|cards|cash|\
    pay|parking|park|hair|nails|cut|trim|just|really|also|too|only|again|still|sorry|excuse|\
    looking|hope|because|than|them|these|those|as|tell|let|new|old|id|ill|ive|youre|dont|cant|wont|\
    isnt|send|work|working|please|wear|long|many|give|gonna|wanna|gotta|think|feel|love|look|same|\
    girl|guy|guys|table|possible|fit|other|last|once|sin|sale|real|so|up|out|off|over|back|well|\
    very|said|house|wash|style|easier|easiest|thirsty|mourning|warning|red|pan|van|haircut|color|\
    colour|beard|manicure|that|this|my|me|is|it";

/// What customers tell of their lives.
pub(super) const LIFE: Phrases = "is so good|is sooo good|is soo good|turned out great|\
    came out great|start camp|starts camp|start school|back to school|court date|gets up|get up at|\
    wakes up|i wake up|drop the kids|drop off the kids|have a flight|got a flight|\
    have a plane to catch|got a plane to catch|flight that evening|is my wedding|is my graduation|\
    is my exam|is my surgery|is my birthday|is my interview|is my flight|is my party|\
    is my wedding day|is my big day|im off by|im done by|getting married|gets married|get married|\
    got married|gotta get the kids|have to get the kids|need to get the kids|gotta grab the kids|\
    gotta pick up|have to pick up|need to pick up|gotta collect|have to collect|need to collect|\
    in a meeting|meeting is|have school|has school|have practice|has practice|have training|\
    has training|have class|has class|have work|has work|have a game|has a game|have a match|\
    has a match|have swimming|has swimming|have football|has football|have soccer|has soccer|\
    have dance|has dance|plays|plays in|sings at|sings in|performs|performs at|performs in|\
    competes|graduates|flies out|flies in|flight is|train is|train leaves|bus leaves|flight leaves|\
    flight lands|im in work|in work for|in work at|in work by|at work for|at work by|due in work|\
    due at work|on shift|start work|starts work|turns|is turning|turning|drops off|picks up|\
    pick up the kids|collect the kids|get the kids|the school run|gets out of school|gets out of|\
    gets off|finishes school|school finishes|just got back|we got back|i got back|we get back|\
    i get back on|were back on|im back on|my zoom|zoom call|a zoom|on a call|school concert|\
    first communion|communion|christening|we go|we go off|i go off|go off on|off on our|off on my|\
    we fly|we leave|we travel|heading off|we head off|fly out|flying out|going away|go away|\
    go on holiday|set off|booked it|back in january|the gym|gym at|recital|tournament|volleyball|\
    footy|football|school play|sports day|its due|on nightshift|on nights|on night shift|\
    on earlies|on lates|on a double|im at work|im at uni|im at college|im at school|im in uni|\
    im in college|im in school|at uni|at college|in lectures|have uni|have college|were moving|\
    we are moving|im moving out|moving out|moving away|moving house|moving home|dear for me|\
    bit dear|too dear|too expensive for me|cant afford|short on cash|is our|is her|is his|is their|\
    operation|surgery|funeral|the cruise|our cruise|my cruise|conference|got engaged|flew in|\
    flying in|arrives on|arrive on|comes back on|up all night|all night|had the|i work|im working|\
    i start|i travel|i fly|im flying|i leave|i land|i get off|my shift|wedding|birthday|bday|exam|\
    interview|party|anniversary|graduation|my flight|baby shower|prom|i have class|i have school|\
    i have work|i have a meeting|i have a wedding|my period|vacation|holiday ends|school starts|\
    starts in|starts on|starts school|happy|was so|were so|closed in|moved here|came to you|\
    come along|offer|i sat|did my|i get paid|we get paid|i moved|is due|im due|baby is due|\
    my kids have|my son has|my daughter has|my mum has|my mom has|are away|im away|i am away|\
    on holiday|on vacation|heading out|headed out|going out|off out|came out|i turn|she turns|\
    he turns";

/// Phrases that say from when somebody is free.
pub(super) const RELEASED: Phrases = "im off at|i am off at|im done at|i get off|i get off at|\
    i finish|i finish at|i finish work|i finish school|i get out|i get out of|i get home|\
    i clock out|i clock off|i knock off|my shift ends|my class ends|my last class ends|we finish|\
    we get out";

/// What says that something is wanted.
pub(super) const WANTS: Phrases = "owt|got owt|u got owt|you got owt|have you got owt|looking to|\
    hoping to|trying to get|keen to|want|i want|need|i need|id like|would like|looking for|can my|\
    could my|can i|could i|can you|could you|do you have|is there|are there|are you free|\
    any chance|fit me in|squeeze|book|get in|come in|can we|may i|might i|let me|put me|pencil|\
    anything|hoping|wondering|would love|id love|gotta get";

/// Words before a time in a question whether it suits.
pub(super) const ASKS: Phrases = "would|is|does|will|could|if|might";

/// Words after a time in a question whether it suits.
pub(super) const SUITS: Phrases = "better|best|ideal|perfect|great|grand|be|work|works|suit|suits|\
    do|ok|okay|alright|possible|free|available|doable|good|fine|open";

/// Phrases for an appointment that the customer has.
pub(super) const OWN: Phrases = "am in on|am in at|am in with|im in on|im in at|im in with|\
    im in this|im in next|im in tomorrow|im in monday|im in tuesday|im in wednesday|im in thursday|\
    im in friday|im in saturday|im in sunday|im coming in on|ive got an appt|keep the day|\
    keep the same day|keep my day|keep the date|the day ive got|the day i have|the day im booked|\
    day off changed|keep the time|keep the same time|keep my time|my booked|than planned|\
    than booked|than i booked|than what i booked|than what i have|than what ive got|than i have|\
    than ive got|than mine|after mine|before mine|work that day|working that day|the one i have|\
    the one ive got|the one i booked|my appointment|my appt|my appointments|my booking|my slot|\
    my session|my visit|my lesson|one of my|my lessons|my class|our appointment|our booking|\
    our slot|the appointment|the booking|im booked|i am booked|were booked|we are booked|\
    i have booked|im down|were down|booked in|i have the|ive got the|i got that|i got my|i have my|\
    i have an appointment|ive got an appointment|i have a booking|my reservation|booked with|\
    booked for|that appointment";

/// Phrases that put one thing in place of another.
pub(super) const REPLACES: Phrases = "instead|swap|switch|change|make it a|make it an|make that a|\
    make that an|rather than|in place of|changed to|replace|turn it into";

/// Phrases that ask for one more.
pub(super) const ANOTHER: Phrases = "and one more|book another|do me another|same again|\
    the same again|same thing again|another|one more|a second one|an additional|an extra|\
    a separate|besides my|apart from my|on top of my|as well as my|in addition to my";

/// Phrases that mean all of several.
pub(super) const ALL: Phrases = "both|all of them|all of it|the two|the two of us|the two of them|\
    either of my|all my|everything|all three|each of us|for each|twice|the lot";

/// Phrases that put one visit after another.
pub(super) const IN_TURN: Phrases = "in a row|straight after me|right after me|after me|\
    as soon as im done|once im done|when im done|after each other|one after the other|back to back|\
    right after|straight after|one after another|directly after|followed by|after that|consecutive";

/// Phrases that limit a request to one thing.
pub(super) const ONLY: Phrases = "just|only|instead|forget|rather";

/// Phrases for the customer's appointment after a length of time: "an hour after *mine*".
pub(super) const BOOKED: Phrases = "mine|my|planned|booked|i booked|i have|ive got|i had|\
    what i have|what ive got|what i booked|the one i have|the one ive got|the one i booked|\
    scheduled|arranged";

/// Phrases that say that somebody cannot.
pub(super) const CANNOT: Phrases = "shant|shall not|cant|cannot|can not|wont|will not|couldnt|\
    not able to|unable to|wont be able to|not be able to|not going to|not gonna|arent going to|\
    arent able to|isnt going to|isnt able to|no longer able to|wouldnt be able to|aint gonna|\
    not likely to|unlikely to";

/// Ways to come to an appointment.
pub(super) const COME: Phrases = "come|come in|be in|be there|be coming|be around|make it|attend|\
    get there|get in|get away|get down|show up|bring him|bring her|bring it|bring them|bring the";
