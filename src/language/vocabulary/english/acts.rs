//! What tells a yes, a no and a hesitation, in English.

use crate::language::vocabulary::{Cue, Phrases};

#[expect(clippy::too_many_lines, reason = "a table, one entry for each cue")]
pub(super) fn cue(cue: Cue) -> Phrases {
    match cue {
        Cue::Affirm => {
            "that one please|this one please|yep that one|yes that one|yeah that one|\
                thats the one please|yessir|yessirr|yezzir|yes siree|yes dear|yes love|yes hun|\
                yes do|yes please do|please do that|do the needful|please do the needful|\
                kindly do the needful|kindly confirm|kindly confirm the same|kindly book|\
                so much better|thats so much better|that is so much better|even better|\
                thats even better|works even better|suits better|suits me better|\
                that suits me better|works better|works better for me|way better|a lot better|\
                work away|fire away|fire ahead|away you go|plough ahead|have at it|crack on|\
                thats better|that is better|thats much better|that is much better|thats way better|\
                thats just right|that is just right|that would be just fine|that would be splendid|\
                that will do nicely|thatll do nicely|that would do nicely|yes done|all done|\
                done and done|sick yes|yes sick|sick one|thats sick|thats mint|thats ace|\
                thats lush|thats fire|thats dope|yes safe|ye safe|yeah safe|happy days|too easy|\
                sweet as|good as gold|good on ya|shell be right|no wuckas|no wuckers|no dramas|\
                no drama|no stress|no sweat|no bother|no hassle|not a bother|heaps good|proper job|\
                lovely jubbly|nice one|say less|say no more|ten four|10-4|im with it|im w it|\
                im about it|im all for it|you betcha|fo sho|fosho|fasho|fo shizzle|\
                that suits us fine|suits me fine|suits us fine|very well then|right you are then|\
                go right ahead|be my guest|we are both in|both please|yes|yess|yse|yis|yas|yup|yep|\
                yeps|yeah|yeh|yea|yah|ya|yh|ye|yarp|aye|uh huh|mhm|yes yes|yes please|oh yes|\
                hell yes|hell yeah|yes sir|yes maam|sure thing|for sure|of course|absolutely|\
                definitely|certainly|totally|by all means|you bet|you got it|no problem|\
                no problemo|no prob|no probs|no worries|no objection|no objections|no complaints|\
                no doubt|not a problem|not bad|cant complain|cant argue with that|cant say no|\
                cant wait|cannot wait|couldnt be better|could not be better|dont mind if i do|\
                i dont see why not|dont see why not|why not|no issues|no issue|it is a deal|\
                its a deal|you have a deal|thats a deal|deal|im up for it|up for that|lets do it|\
                lets do that|lets do this|lets go with|lets go for it|lets book it|go for it|\
                go for that|go ahead|go on then|do it|please do|do that|i confirm|i can confirm|\
                i accept|i agree|i approve|confirmed|confirm it|confirm that|confirm please|\
                please confirm it|please confirm|book it|book it in|book that|book that in|\
                please book|lock it in|lock me in|lock that in|lock it|make it so|ill take it|\
                i will take it|ill take that|i will take that|well take it|we will take it|\
                ill take the slot|ill have it|ill have that|ill go with that|i can make that|\
                that works|that works for me|works for me|works for us|works great|works perfectly|\
                works fine|works well|it works|that works great|that will work|thatll work|\
                itll work|that will do|thatll do|itll do|itll do nicely|that suits|that suits me|\
                suits me|suits us|that does it|sounds good|sounds great|sounds perfect|sounds fine|\
                sounds lovely|sounds like a plan|sounds amazing|sounds ideal|sounds brilliant|\
                sounds right|sounds about right|looks good|looks great|looks right|looks perfect|\
                all good|all good here|good by me|good for me|good with me|good to go|\
                good with that|fine by me|fine with me|fine for me|ok by me|ok with me|ok for me|\
                okay by me|okay with me|okay for me|perfect for me|cool with me|cool with that|\
                happy with that|happy with it|happy with this|happy to|i am happy with|\
                im happy with|im ok with that|im okay with that|im fine with that|\
                im good with that|thats right|that is right|thats correct|that is correct|\
                thats fine|that is fine|thats great|thats good|thats perfect|that is perfect|\
                thats ok|thats okay|that is ok|thats me|thats the one|thats lovely|thats ideal|\
                thats grand|thats brilliant|thats it|that would be great|that would be lovely|\
                that would be perfect|that would be good|that would be fine|that would be amazing|\
                that would work|that would be ace|that would be ideal|thatd be great|\
                thatd be lovely|thatd be perfect|thatd be good|thatd be ace|thatd be fine|\
                thatd be ideal|thatd work|thatd be brilliant|id love that|id love to|id like that|\
                id love it|i would love that|i would love to|i would like that|love it|love that|\
                i suppose so|suppose so|i guess so|guess so|i think so|i think thats ok|\
                i think thats okay|i think thats fine|dont mind at all|it is on|its on|we are on|\
                were on|consider it done|done deal|hundred percent"
        }
        Cue::Assure => {
            "lush|brill|perf|deffo|defo|obvs|totes|bonza|bonzer|ripper|aight|aight bet|ight|alr|\
                righty|righty ho|tip top|top|tops|marvellous|marvelous|splendid|delightful|\
                super duper|beaut|beauty|legend|gucci|solid|ok|okay|ok then|okay then|okey|okie|\
                okie dokie|okey dokey|okey doke|okeydokey|oki|oke|k|kk|okk|sure|perfect|great|\
                excellent|fantastic|awesome|brilliant|wonderful|superb|fab|fabulous|amazing|\
                alright|all right|alrighty|righto|right you are|cool|cool cool|coolio|correct|\
                confirm|agreed|confirmed|bet|deadly|ideal|sorted|roger|copy that|affirmative|\
                indeed|exactly|precisely|sound|grand|champion|magic|ace|smashing|bang on|spot on|\
                sweet|wicked|dope|lit|yay|yippee|will do|go on|ta da"
        }
        Cue::Praise => {
            "perfect|great|excellent|fantastic|awesome|brilliant|wonderful|superb|splendid|fab|fabulous|\
             amazing|brill|marvellous|marvelous|lovely|ideal|spot on|smashing|magic|ace|champion|yay|lush"
        }
        Cue::Agree => {
            "that one|this one|class|safe|mint|peng|calm|belter|word|facts|copy|very well|cushty|\
                cushdy|banging|banger|spiffing|bostin|bobby dazzler|boss|good|fine|right|works|\
                lovely|nice|super|suitable|suits|acceptable|convenient|great|perfect|ok|okay|cool|\
                y|alright|ideal|grand|brilliant|amazing|fantastic|done|gd|gud|accepted|approved|\
                handy|spot on|will work|would work|would be fine|would be great|would be good|\
                would be perfect|would be lovely|would be ok|im in|i am in|im down|im game|\
                count us in"
        }
        Cue::Come => {
            "ill be there|i will be there|well be there|we will be there|count me in|i can come|\
             ill come|i will come|i can make it|i can do that|i can do it|we can make it"
        }
        Cue::Book => {
            "[book/reserve/schedule] [em/them/both/them both/them in/both of them]|book me|book me in|book me in for that|book us in|reserve it|reserve that|schedule it|\
                schedule me|schedule that|save it|save it for me|hold me to it|sign us up|\
                schedule us|pencil us in|stick us down|stick us in|fit us in|slot us in|lock us in|\
                get us in|squeeze us in|put us in|sign me up|put me down|put me in|\
                put me down for that|put it in|put us down|pop me down|pop me in|pop it in|\
                pencil me in|pencil it in|stick me down|stick me in|set it up|squeeze me in|\
                fit me in|slot me in|get me in"
        }
        Cue::Deny => {
            "i dont like|dont like it|dont like that|not happy with|not keen|dont fancy|dont love|\
                not a fan|nothing then|then nothing|nope|nah|naw|nay|nope nope|no no|no no no|\
                no thanks|no thank you|no thankyou|no ty|no thx|no ta|no cheers|no im good|\
                no i am good|no im ok|no im fine|nah im good|nah im ok|nah im fine|nope im good|\
                im good thanks|im ok thanks|not now|not right now|not today|not for me|not for us|\
                not yet|not really|not quite|not anymore|no longer|not interested|nothing else|\
                nothing more|not that one|not this one|not this time|no way|no chance|no can do|\
                no good|no dice|no go|hard pass|ill pass|i will pass|i pass|have to pass|\
                gonna pass|going to pass|pass on that|pass on this|i dont think so|dont think so|\
                i dont want it|i dont want that|dont want it|dont want that|i dont want to|\
                dont book it|do not book it|dont book|do not book|dont bother|dont worry about it|\
                no need|neither|absolutely not|definitely not|certainly not|of course not|\
                never mind|nevermind|nvm|forget it|forget about it|forget that|scrap it|scrap that|\
                skip it|leave it|leave that|drop it|rather not|id rather not|i would rather not|\
                wrong|wrong day|wrong time|wrong one|incorrect|thats wrong|thats not it|\
                thats not right|not right|thats not what|not what i|doesnt work|does not work|\
                dont work|do not work|wont work|will not work|doesnt suit|does not suit|dont suit|\
                wouldnt work|isnt good|is not good|isnt great|not good|not great|not so good|not so great|not ideal|\
                not possible|isnt possible|impossible|not convenient|isnt convenient|is no good|\
                no use|not able to|unable to|cant do|cannot do|can not do|cant make|cannot make|\
                can not make|cant come|cannot come|cant go|cant manage|cannot manage|cant be there|\
                cant get there|cant then|cant that day|i cant|i cannot|we cant|wont make|\
                wont be able|wont do|wont be there|couldnt make|couldnt do|clashes|doesnt fit|\
                negative|thumbs down|not happening|not a chance|not gonna work|not going to work|\
                aint gonna work|turn it down|decline"
        }
        Cue::Leave => {
            "leave it like that|leave it at that|leave it like this|leave it so|leave it there|\
                leave it as is|leave it"
        }
        Cue::No => "no|naa|noo",
        Cue::Not => "not|never|dont|didnt|do not|did not",
        Cue::Hesitate => {
            "dont book it yet|do not book it yet|dont book yet|dont book anything yet|\
                dont book it in yet|not just yet|dont confirm yet|dont confirm it yet|wait|\
                wait a sec|wait a minute|wait a second|wait a moment|hold on|hold up|hang on|\
                hang on a sec|hang about|bear with me|one sec|one second|one moment|one min|\
                one minute|just a sec|just a second|just a minute|just a moment|just a min|a sec|\
                a second|a moment|a minute|two secs|two mins|in a minute|in a bit|in a while|\
                give me a|gimme a|give us a|maybe|perhaps|possibly|probably|not sure|not so sure|\
                not certain|unsure|i dont know|dont know|dunno|i dunno|idk|no idea|hmm|hmmm|hm|\
                undecided|on the fence|in two minds|it depends|depends|we will see|well see|\
                well have to see|let me see|let me think|lemme think|lemme see|get back to you|\
                get back to u|get back 2 u|getting back to you|let you know|let u know|\
                come back to you|sleep on it|hold it for me|hold that for me|can you hold|\
                could you hold|not decided|havent decided|tell you later|text you later|\
                text you tonight|message you later|call you later|think about it|need to think|\
                need time|need a minute|i might|we might|might be|cant say yet|cant tell yet|\
                too soon to say|brb|be right back|stand by"
        }
        Cue::Wait => "wait|oh wait|no wait|wait no|actually wait|hold on|hold up|hang on",
        Cue::Promise => {
            "let you know|let u know|get back to you|get back to u|come back to you|call you later|\
             text you later|message you later|tell you later"
        }
        Cue::Intend => {
            "let me|lemme|let us|ill|i will|ill have to|i need to|need to|i have to|have to|id have to|\
             id need to|id better|i gotta|gotta|i must|i should|i want to|i wanna|going to|gonna|\
             i better|i just need to|i am going to|im going to|while i|until i|after i|once i|\
             so i can|first i|ive got to|got to|still|im waiting|waiting|we need to|we have to|\
             im just|i am just|just need to|can i just|would have to|would need to"
        }
        Cue::Ponder => {
            "check|checking|double check|ask|asking|think|thinking|see|look|verify|confirm with|\
             talk to|talk with|speak to|speak with|consult|run it by|run it past|figure out|\
             work out|sort out|find out|look at|look into|hear from|hear back|decide|consider|\
             get back|text|message|call|ring|reply|let you|tell you|arrange|juggle|clear it"
        }
        Cue::Away => {
            "away|working|at work|busy|out of town|travelling|traveling|booked up|at school|\
             in class|abroad|tied up|have work|got work|in a meeting|on a plane|flying|on shift|\
             on vacation|on holiday|unavailable|have a thing|have plans|got plans"
        }
        Cue::Then => "then|that day|that time|at that time|that week|that morning|that afternoon",
        Cue::But => {
            "but|however|although|though|tho|except|except that|only thing|just not|only not|\
             unless"
        }
        Cue::Doubt => {
            "if|whether|instead|rather|prefer|preferably|id prefer|better|change|switch|swap|\
             make it|move|until|till|first|before|actually|earlier|later|another|different|other|\
             someone else|somebody else|something else|else|too early|too late|too soon|too far|\
             too expensive|pricey|cheaper|as long as|provided|providing|in case|only|wish|\
             supposed to|should have|shouldve|without|minus|hoping|hoped|wanted|assuming|\
             mistake|wrong|unfortunately|sadly|afraid|problem|issue|confused|unclear|not"
        }
        Cue::Ask => {
            "is|isnt|are|arent|do|does|did|can|could|would|will|shall|should|what|whats|when|whens|\
             where|wheres|how|hows|which|who|whos|whose|why|any chance|any|have you|has|may i|\
             also do|also is|also can|also what|also how|just wondering|wondering|quick question|\
             one question|question|by the way|btw|u got|you got|you guys|tell me|remind me"
        }
        Cue::Say => "say|said|saying|says|told|too|wasnt|werent",
        Cue::Another => {
            "same for|the same for|same thing for|the same thing for|one for|another for|\
                another one for|one more for|also one for|a second one for|another slot for|\
                another appointment for|one as well for|one too for"
        }
        Cue::Join => {
            "and|n|&|also|plus|so|well|um|umm|uh|oh|ooh|ah|btw|hey|then|ps|sorry|hmm|hm|honestly|yeah so"
        }
        Cue::Small => {
            "im better|im feeling better|feel better|feeling better|get better|gets better|\
                getting better|hes better|shes better|just in case|in case|dont tell|do not tell|\
                dont worry|dont forget|dont you worry|with her|with him|only the|only his|\
                only hers|only mine|only my|just that one|only that one|just that|only that|\
                just the one|if thats all there is|if thats all you have|if thats all youve got|\
                if thats the only one|if its the only one|each other|one another|\
                leave the other one|leave the other|keep the other one|keep the other|\
                the other one stays|champ|bruh|fam|g|queen|king|ladies|lovelies|team|guv|pet|duck|\
                petal|gorgeous|babes|sweetheart|chick|kiddo|gang|legend|of you|of us|of them|\
                of those|nicely|just right|kindly|jubbly|both of us|the two of us|the three of us|\
                for the both of us|the pair of us|both of them|both of those|the both of them|\
                all of them|indeed|thank god|bless|you are kind|youre kind|very kind of you|\
                thats kind|please|pls|plz|plss|pleasee|it|that|thats|this|sorry|really|then|im|\
                i am|is|the|a|an|i|me|us|we|for|to|with|time|very|much|so|all|would|be|am|and|sir|\
                maam|madam|miss|mate|m8|man|dude|bro|bruv|buddy|pal|love|luv|lovely|hun|hon|honey|\
                babe|dear|darling|doll|sweetie|sis|girl|guys|folks|lads|boss|chief|my|friend|there|\
                you|u|ill|will|just|well|um|umm|uh|oh|ooh|ah|aha|hmm ok|haha|hahaha|hmm|hmmm|hm|\
                lol|lmao|omg|wow|xx|x|xo|xoxo|one|slot|spot|day|day then|appointment|appt|booking|\
                in|down|on|at|as|too|as well|absolutely|totally|completely|perfectly|actually yes|\
                regards|best|kind regards|best regards|best wishes|warm regards|sincerely|yours|\
                sent from my iphone|me too|same|here|like|thing|super|pretty|quite|definitely|both|\
                myself|now|everything|everyone|sounds|looks|seems|guess|suppose|reckon|think|lets|\
                go|do|going|thats all|rest|of|course|again|right|good|yeah so|so yeah|basically|\
                honestly"
        }
        Cue::Greet => {
            "hi|hello|hey|hiya|heya|helo|hallo|hullo|howdy|good morning|good afternoon|\
             good evening|good day|morning|morning all|evening all|afternoon all|hi there|\
             hello there|hey there|greetings|gm|hi again|hello again|hey again|yo|sup|\
             whats up|how are you|hope youre well|hope you are well|hope alls well"
        }
        Cue::Thank => {
            "thank god|thanks be|thank you kindly|ta love|cheers legend|cheers mate|ta mate|thanks|\
                thank you|thank u|thankyou|thanku|thx|thxx|thnx|thanx|tnx|tks|ty|tysm|tyvm|ta|\
                ta very much|ta muchly|cheers|many thanks|much appreciated|appreciated|\
                appreciate it|i appreciate it|thanks a lot|thanks a mill|thanks a million|\
                thanks a bunch|thanks so much|thanks very much|thank you so much|\
                thank you very much|thanks again|thanks in advance|thanks for that|\
                thanks for your help|thank you for your help|youre a star|youre the best|\
                you are the best|youre a legend|bless you|god bless|n thx|much obliged|grateful"
        }
        Cue::Part => {
            "ill text when|ill text you when|ill message when|ill message you when|ill call when|\
                ill call you when|ill ring when|ill ring you when|ill be in touch|ill get in touch|\
                will be in touch|will text when|will ring when|will call when|will ring once|\
                will text once|will call once|ill text once|ill ring once|bye|bye bye|byee|goodbye|\
                good bye|bye for now|cya|ttyl|ta ta|ciao|farewell|good night|goodnight|night night|\
                take care|have a nice day|have a good day|have a great day|have a lovely day|\
                have a good one|have a great one|have a great weekend|have a nice weekend|\
                have a good weekend|have a lovely evening|have a good evening|have a nice evening|\
                enjoy your day|till then|until then|see you|see u|see ya|see yous|see yall|c u|\
                c ya|cu|catch you|catch ya|catch u|talk to you|talk to u|talk soon|talk later|\
                speak soon|speak to you|speak then|be seeing you|look forward to it|\
                looking forward to it|look forward to seeing you|looking forward to seeing you|\
                until thursday|laters|later gator|peace|peace out|see you there|see you then|\
                see you soon|see you later|see u there|see u then|c u then|c u there|c u thn|\
                c u soon|see ya there|see ya then|see ya soon|see ya later|see u soon|\
                catch you later|catch ya later|catch you then|talk to you then|talk to you later|\
                talk to you soon|speak to you then"
        }
    }
}
