//! What tells a yes, a no and a hesitation, in Spanish.

use crate::language::vocabulary::{Cue, Phrases};

#[expect(clippy::too_many_lines, reason = "a table, one entry for each cue")]
pub(super) fn cue(cue: Cue) -> Phrases {
    match cue {
        Cue::Affirm => {
            "dabuti|dabuten|sisas|sisa|esa mero|ese mero|eso mero|esa merito|ese merito|va que va|\
                sale y vale|si dejalo asi|si dejala asi|si dejelo asi|si dejela asi|si asi dejalo|\
                ahora si dejalo asi|ahora si dejala asi|sii|siii|siip|dale pues|hagale pues|hagale|\
                hagamosle|listo pues|me quedo con ese|me quedo con esa|me quedo con eso|\
                me quedo ese|me quedo esa|tomo ese|tomo esa|agarro ese|agarro esa|asi dejela|\
                asi dejelo|asi dejala|asi dejalo|asi dejemosla|asi dejemoslo|asi la dejamos|\
                asi lo dejamos|mucho mejor|asi mejor|ese si me sirve|esa si me sirve|\
                asi esta perfecto|asi esta perfecta|asi esta genial|asi esta excelente|\
                asi esta muy bien|asi esta bueno|asi perfecto|asi me va bien|asi me sirve|\
                asi me queda bien|yapo|yapoo|yapos|ya pos|ya poh|ya pe|ya pes|sipos|sipoo|si po|\
                si poh|si pos|si pe|si pes|si pue|claro po|claro pe|obvio po|obvio pe|dale po|\
                dale pe|dale nomas|dale no mas|dele|dele nomas|dele no mas|dele pues|jalo|jalo si|\
                jalale|jalamos|le entro|le entramos|a huevo|ahuevo|asi mero|ya estas|ya vas|\
                ya quedo|de ley|de one|de hecho si|ahora si|ahora si que si|ahi va|ahi va si|\
                mejor asi|asi esta mejor|mucho mejor asi|anote|anote nomas|anota nomas|\
                anotelo nomas|anoteme nomas|agende nomas|reserve nomas|ponlo nomas|me tinca|\
                me tinca bien|me tinca harto|tincaria|me viene joya|me viene barbaro|\
                me viene super|me viene super bien|me viene espectacular|me viene re bien|\
                me viene diez puntos|me queda joya|me va joya|me re sirve|me sirve un monton|\
                esta joya|esta de diez|esta chido|esta padre|esta bacan|esta chevere|\
                con todo gusto|con toda confianza|normal nomas|normal no mas|demas po|va como pina|\
                si ambas|si ambos|si las dos|si los dos|ambas por favor|ambos por favor|hacelo|\
                hacelo nomas|hazlo|hagalo|haganlo|hacela|hazla|confirmadisimo|confirmadisima|\
                clarisimo|segurisimo|cogemela|cogemelo|cogela|cogelo|sip|sep|sipi|sipo|sisi|sisisi|\
                sisisisi|si si|si si si|si claro|genial si|perfecto si|si genial|si perfecto|\
                si por favor|si porfa|si senor|si senora|si senorita|claro que si|claro si|\
                pues claro|pues si|que si|por supuesto|por supuesto que si|desde luego|\
                desde luego que si|como no|como que no|por que no|y por que no|no veo por que no|\
                no hay problema|no hay ningun problema|ningun problema|sin problema|sin problemas|\
                no hay drama|sin drama|no hay lio|no problem|no pasa nada|no esta mal|\
                no esta nada mal|no podia ser mejor|no podria ser mejor|no puede ser mejor|\
                no puedo pedir mas|no tengo problema|no tengo inconveniente|no hay inconveniente|\
                sin inconveniente|ni lo dudes|no lo dudes|sin duda|sin dudarlo|obvio|obvio que si|\
                obviamente|afirmativo|simon|de acuerdo|de una vez si|de maravilla|dale|dale dale|\
                dale va|dale que si|dale joya|dale genial|dale si|va pues|vale si|vale venga|\
                venga si|venga va|orale|orale pues|orale si|arre|andale|andale si|andale pues|\
                ande pues|andele|andele pues|ya po|ya pues|confirmo|confirmo la cita|lo confirmo|\
                la confirmo|te confirmo que si|le confirmo que si|confirmado|confirmada|confirmar|\
                confirmala|confirmalo|confirmamela|confirmeme|confirmela|confirmelo|confirmame|\
                confirmame la cita|acepto|aceptado|me apunto|estoy de acuerdo|me parece|\
                me parece bien|me parece perfecto|me parece genial|me parece excelente|\
                me parece ok|me va bien|me va perfecto|me va genial|me va de lujo|me va de perlas|\
                me viene bien|me viene perfecto|me viene genial|me viene de lujo|\
                me viene de perlas|me viene fenomenal|me va fenomenal|me queda bien|\
                me queda perfecto|me queda genial|me queda excelente|me queda|me sirve|\
                me sirve perfecto|me sirve mucho|me sirve esa|me sirve ese|me cuadra|\
                me cuadra bien|me cuadra perfecto|me conviene|me acomoda|me acomoda bien|me late|\
                me late mucho|me gusta|me gusta la idea|me encanta|me encantaria|me funciona|\
                me funciona bien|me anda bien|me anda perfecto|esta bien|esta perfecto|\
                esta perfecta|esta genial|esta ok|esta excelente|estaria bien|estaria perfecto|\
                estaria genial|seria perfecto|seria genial|seria ideal|seria estupendo|asi es|\
                asi esta bien|asi quedamos|quedamos asi|quedamos en eso|queda asi|asi queda|eso es|\
                eso mismo|exactamente|exacto|ahi nos vemos pues|me la quedo|me lo quedo|\
                me quedo con esa hora|esa esta bien|ese esta bien|esa me va|esa me sirve|\
                con mucho gusto|con gusto|adelante por favor|proceda|procede|trato hecho|hecho|\
                reservala|reservalo"
        }
        Cue::Assure => {
            "buenazo|bacanazo|filete|bkn|bakan|impeque|bravazo|bravaso|mostro|copado|golazo|demas|\
                padre|a todo dar|de pocas|poca madre|sobres|sobres va|fierro|ya quedamos|\
                de rechupete|pipa|cojonudo|una masa|brigido|si|de una|de lujo|de maravilla|de diez|\
                ok|oki|okis|okas|okay|okey|oka|okok|ok ok|vale|vale vale|claro|claro claro|\
                perfecto|perfecta|perfectisimo|genial|listo|lista|correcto|estupendo|fenomenal|\
                excelente|fantastico|maravilloso|buenisimo|buenisima|barbaro|barbara|espectacular|\
                regio|joya|chevere|chido|padrisimo|bacan|bacano|brutal|guay|super|superbien|\
                de pelos|fino|vale perfecto|perfect|great|yes|sipirili|ajam|aja|sip claro|orales|\
                vamos|vamos pues|listico|listones|perfe|perfeto|feten|dabuten|tope|impecable|\
                maravilla|adelante"
        }
        Cue::Praise => {
            "buenazo|bacanazo|lindo|hermoso|perfecto|perfecta|perfectisimo|genial|estupendo|\
                fenomenal|excelente|fantastico|maravilloso|buenisimo|buenisima|barbaro|barbara|\
                espectacular|regio|joya|chevere|padrisimo|bacan|bacano|brutal|guay|superbien|perfe|\
                impecable|de lujo|de maravilla|de diez|divino"
        }
        Cue::Agree => {
            "ta|ta ta|ta joya|ta perfecto|divino|divina|la raja|breve|caile|nitido|tuanis|vientos|ya ya|\
             bueno|bien|muy bien|que bien|uy que bien|ya|va|sale|venga|eso|bn|ya esta|ta bien|\
             ta bueno|esta bueno|me parece|perfectamente|conforme|hecho|de nuevo si|bueno si|\
             bueno dale|bueno va|bueno listo|bueno perfecto|bueno vale|esa hora|ese horario|\
             tal cual|ideal|sirve|cuadra|funciona|mola|buena|buena idea|la quiero|lo quiero|\
             la tomo|lo tomo|la agarro|la cojo|esa quiero|esa misma|ese mismo|quiero esa|\
             quiero ese"
        }
        Cue::Come => {
            "ahi estare|alli estare|ahi estamos|alli estamos|aqui estamos|alla estamos|\
                alla estaremos|alla estare|ahi nos vemos|alla nos vemos|ahi llegamos|ahi llego|\
                ahi vamos|ahi la llevo|ahi lo llevo|ahi te veo|ahi los veo|ahi estoy|ahi voy|\
                ahi le caigo|ahi te caigo|ahi estaremos|alli estaremos|alli estoy|cuenta conmigo|\
                cuenten conmigo"
        }
        Cue::Book => {
            "reservame|reservamela|reservamelo|reserven|reserveme|reservela|reservelo|reservemela|\
                reservenme|reservanos|agendala|agendalo|agendame|agendamela|agendamelo|agendeme|\
                agendela|agendemela|agendenme|agendanos|apuntame|apuntala|apuntalo|apuntamela|\
                apunteme|apuntela|apuntenme|apuntanos|anotame|anotala|anotalo|anoteme|anotela|\
                anotenme|anotanos|apartala|apartalo|apartame|apartamela|apartamelo|aparteme|\
                apartela|apartemela|guardala|guardalo|guardame|guardamela|guardemela|guardeme|\
                ponme|ponme ahi|ponme ese|ponme esa|poneme|pongame|ponganme|ponla|ponlo|metela|\
                meteme|inscribeme|asegurala|asegurame|separala|separalo|separame|separamela|\
                separeme|separemela|programala|programame|registrame|damela|damelo|demela|\
                dejala ahi|dejame esa|ponmela|pongamela|separamelo|sacame ese|sacame esa|\
                dejame ese|agarrame ese|agarrame esa|tomame ese"
        }
        Cue::Deny => {
            "en otra ocasion mejor|mejor en otra ocasion|otra ocasion mejor|para otra ocasion|\
                otro dia sera|lo dejo para otra|lo dejamos para otra|mejor para otra|no asi dejelo|\
                no asi dejela|no asi dejalo|no asi dejala|no asi nomas|no dejelo asi|no dejela asi|\
                no dejalo asi|no dejala asi|no deje asi|entonces nada|nada entonces|\
                ah bueno entonces nada|bueno entonces nada|no po|nopo|no pos|no pe|no pues|nica|\
                ni ahi|naranjas|nop|nope|nel|nel pastel|nones|nanai|naa|naah|na|nah|no no|no no no|\
                no gracias|no muchas gracias|nop gracias|ya no|ya no gracias|claro que no|\
                por supuesto que no|desde luego que no|de ninguna manera|de ningun modo|para nada|\
                en absoluto|ni hablar|ni loca|ni loco|ni modo|ni de broma|que va|mejor no|ahora no|\
                hoy no|por ahora no|de momento no|todavia no|aun no|no quiero|no la quiero|\
                no lo quiero|no me interesa|no deseo|no la reserves|no lo reserves|no reserves|\
                no la agendes|no agendes|no me apuntes|no me anotes|tampoco|incorrecto|negativo|\
                esa no|ese no|asi no|ese dia no|a esa hora no|dejalo|dejala|dejalo asi|dejala asi|\
                mejor dejalo|mejor dejala|dejemoslo|olvidalo|olvidala|olvidate|olvidalo mejor|\
                no me viene bien|no me viene|no me va bien|no me va|no me sirve|no me queda|\
                no me queda bien|no me cuadra|no me conviene|no me acomoda|no me funciona|\
                no me late|no me gusta|no me parece|no me da tiempo|no me da la vida|no sirve|\
                no va|no funciona|me queda mal|me viene mal|me va mal|me viene fatal|\
                me viene muy mal|me va fatal|me queda muy mal|me queda lejos|me queda fatal|\
                se me complica|se me hace dificil|se me dificulta|imposible|es imposible|\
                me es imposible|me resulta imposible|no puedo|no podre|no podria|no voy a poder|\
                no podemos|no vamos a poder|no puede ser|no va a poder ser|no se puede|no llego|\
                no alcanzo|no estoy|no estare|no estoy disponible|no tengo tiempo|no es posible|\
                no va a ser posible|yo paso|mejor paso|paso de|paso esta vez|paso por ahora|\
                lo dejo|la dejo|lo dejamos|no hace falta|no es lo que|no era eso|eso no es|\
                no es eso|ninguno|ninguna|ninguna de esas|con esa no|con ese no|nada de eso|\
                que pena no|lastima no"
        }
        Cue::Leave => {
            "dejalo asi|dejala asi|dejelo asi|dejela asi|dejemoslo asi|dejemosla asi|dejalo|dejala|\
                dejelo|dejela"
        }
        Cue::No => "no|noo|nooo|n|que no",
        Cue::Not => "nunca|ni|jamas",
        Cue::Hesitate => {
            "no la agendes todavia|no lo agendes todavia|no me agendes todavia|\
                todavia no la agendes|no reserves todavia|no la reserves todavia|\
                no confirmes todavia|aun no la reserves|momentico|un momentico|un ratico|\
                regaleme un|regalame un|regaleme un momento|regaleme un momentico|\
                regalame un momentico|y le confirmo|y te confirmo|y les confirmo|permitame revisar|\
                permiteme revisar|permitame ver|permiteme ver|espera|esperate|espere|esperese|\
                esperame|espereme|esperen|perate|perame|perame tantito|pera|aguanta|aguantame|\
                aguantame un toque|aguarda|aguardame|aguarde|un momento|un momentito|un segundo|\
                un segundito|un seg|un minuto|un minutito|un toque|un toquecito|un ratito|un rato|\
                en un rato|en un ratico|en un ratito|tantito|dame un|deme un|dame chance|\
                dame tiempo|quizas|quiza|tal vez|talvez|a lo mejor|puede que|puede ser que|capaz|\
                chance y|de pronto|depende|no se|no lo se|nose|no sabria|ni idea|no estoy segura|\
                no estoy seguro|todavia no estoy|aun no estoy|no lo tengo claro|no me decido|\
                no lo he decidido|lo dudo|estoy dudando|estoy indecisa|estoy indeciso|dejame ver|\
                deja ver|deja veo|lo veo con|dejame pensar|deja pienso|a ver si|vamos a ver|\
                ya veremos|ya veo|ya vere|ya te digo|ya le digo|ya te aviso|ya les aviso|\
                ya le aviso|ahorita te confirmo|ahorita le confirmo|ahora te confirmo|\
                ahora le confirmo|ahora te digo|ahora le digo|ahorita te aviso|ahorita le aviso|\
                luego te digo|luego le digo|luego te confirmo|luego te aviso|despues te confirmo|\
                despues te digo|mas tarde te digo|mas tarde te confirmo|mas tarde te aviso|\
                manana te digo|manana te confirmo|te digo algo|te digo luego|te aviso luego|\
                lo pienso|lo pensare|lo voy a pensar|me lo pienso|me lo pensare|pensarlo|\
                pensarmelo|guardamela un rato|mmm|hmm|emm|no me acuerdo|estoy manejando|\
                estoy conduciendo|estoy en una reunion|ahorita no puedo hablar"
        }
        Cue::Wait => {
            "espera|no espera|espera no|esperate|espere|esperese|esperame|espereme|perate|perame|\
             pera|aguanta|aguarda"
        }
        Cue::Promise => {
            "les escribo|te escribo|le escribo|os escribo|ya llamare|ya llamo|les llamo|los llamo|\
                te llamo|ya pedire|yo les aviso|yo te aviso|yo le aviso|ya les aviso|ya te aviso|\
                ya le aviso|ya te digo|ya le digo|luego te aviso|luego te digo|luego le digo|\
                te aviso luego|te digo luego|despues te digo|ahorita te aviso|les aviso|te aviso|\
                le aviso"
        }
        Cue::Intend => {
            "permitame|permiteme|permitanme|dejame|deja|dejeme|dejame que|deja que|tengo que|\
                tendria que|tendre que|debo|deberia|hay que|necesito|voy a|vamos a|ire a|quiero|\
                quisiera|prefiero|lo|la|le|les|te|os|me|que le|que lo|que la|que me|que te|\
                mientras|hasta que|cuando|luego|despues|ahora|ahorita|primero|antes|apenas|\
                en cuanto|toca|me toca|estoy"
        }
        Cue::Ponder => {
            "ver|vea|checar|checo|cheque|checarlo|chequear|chequeo|revisar|reviso|revise|\
             revisarlo|mirar|miro|mire|mirarlo|fijo|fijarme|fije|preguntar|pregunto|pregunte|\
             preguntarle|preguntarles|consultar|consulto|consulte|consultarlo|consultarle|\
             consultarla|pensar|pienso|piense|pensarlo|pensarmelo|pensarla|hablar|hablarlo|hablo|hable|\
             hablarlo con|platicarlo|confirmo luego|aviso|avisare|avise|avisarte|avisarle|digo|dire|\
             diga|decirte|decirle|cuento|contarte|escribo|escribire|escribirte|llamo|llamare|\
             comento|comentarlo|comente|comentarle|comentare|decidir|decidirme|decido|decida|\
             organizar|organizarme|organizo|averiguar|averiguo|confirmarte|confirmarle|confirmare|\
             confirmarlo|contesto|contestare|respondo|respondere|verificar|verifico|verlo|\
             verificarlo|cuadrar|cuadro|calcular|confirme"
        }
        Cue::Away => {
            "trabajo|trabajando|curro|laburo|viajo|viajando|de viaje|fuera|ocupada|ocupado|liada|\
                liado|en clase|tengo clase|tengo examen|tengo medico|tengo cita|tengo turno|\
                tengo reunion|tengo otra cosa|tengo un compromiso|tengo compromiso|de vacaciones|\
                de guardia|complicada|complicado|me voy|no hay nadie|estudio"
        }
        Cue::Then => {
            "ese dia|a esa hora|esa hora|ese horario|en ese horario|esa tarde|esa manana|entonces|\
             esa fecha|en esa fecha"
        }
        Cue::But => {
            "pero|aunque|sino|salvo|excepto|excepto que|solo que|solo|nomas que|\
             lo unico|eso si|igual si|igual|mas bien"
        }
        Cue::Doubt => {
            "mejor|prefiero|preferiria|en vez de|en lugar de|cambia|cambiar|cambiame|cambialo|\
             cambiala|cambias|pasalo|pasala|pasarlo|pasarla|muevela|moverla|quita|quitar|quitale|\
             quitame|pon a|antes|primero|despues|mas tarde|mas temprano|mas pronto|\
             otro|otra|otros|otras|otra persona|alguien mas|demasiado|muy temprano|muy tarde|\
             muy pronto|muy caro|caro|siempre que|con tal de|hasta que|a menos que|por desgracia|\
             lamentablemente|lastima|confundi|equivoque|equivocado|error|yo queria|queria|esperaba|\
             suma|sumale|agrega|agregame|agregale|anade|anadele|anademe"
        }
        Cue::Ask => {
            "hay|puedo|puedes|puede|pueden|podria|podrias|podrian|se puede|se podria|tienen|\
             tienes|tiene|teneis|tenes|aceptan|aceptas|aceptais|cuanto|cuantos|cuanta|cuantas|\
             cuando|donde|adonde|por donde|como|cual|cuales|quien|quienes|a que|que hora|que dia|\
             que precio|que tal|que servicios|en que|de que|con quien|por cierto|una pregunta|\
             una duda|pregunta|oye|oiga|y donde|y cuanto|me puedes|me puede|me podrias|\
             me recuerdas|me dices|me dice|me decis|dime|digame|decime|sabes si|sabe si|\
             hace falta|es necesario|tengo que llevar|debo llevar|lista de|lista de precios"
        }
        Cue::Say => "dije|dijo|decir|diria|dices|demasiado",
        Cue::Another => {
            "otro igual para|otra igual para|lo mismo para|igual para|otro para|otra para|uno para|\
                una para|otro mas para|otra mas para|uno mas para|una mas para|otra cita para|\
                otro turno para|otra hora para|tambien uno para|tambien una para"
        }
        Cue::Join => {
            "y|e|oye|oiga|tambien|pues|ademas|uy|ay|ah|oh|eh|perdon|perdona|disculpa|la verdad|mmm|\
                hmm|una pregunta|pd"
        }
        Cue::Small => {
            "menos mal|menos mal que|por si acaso|por si|no le digas|no le digan|no le digas nada|\
                no te preocupes|no se preocupe|no te olvides|no se olvide|por si las moscas|\
                no llego con la plata|no llego con el dinero|solo el|solo la|solo lo|solo los|\
                solo las|solo mi|solo su|nomas el|nomas la|nomas lo|nomas los|nomas las|nomas mi|\
                nomas su|nada mas el|nada mas la|nada mas lo|nada mas los|nada mas las|con ella|\
                si es posible|si se puede|si puede ser|si se pudiera|si fuera posible|\
                si es que se puede|si no es molestia|si no es mucha molestia|esa nomas|ese nomas|\
                nomas esa|nomas ese|solo esa|solo ese|esa nada mas|ese nada mas|esa sola|\
                si es lo unico que hay|si es lo unico que queda|si es lo unico|si no hay otra|\
                si no hay de otra|si no queda otra|si no hay mas|la otra la dejo|el otro lo dejo|\
                la otra dejala|el otro dejalo|la otra se queda|el otro se queda|\
                la otra la mantengo|po|pos|poh|pe|pes|joven|jovencito|jovencita|mijita|mijito|\
                hijita|hijito|senito|causa|carnal|profe|profesor|profesora|doctora|doctor|doc|\
                doctorcita|patron|patrona|broder|brother|pata|cuate|compi|wn|weon|weona|cabros|\
                chicas|chicos|guapas|guapos|lindas|bonitas|reinas|equipo|tranqui|ambas|ambos|\
                las dos|los dos|las 2|los 2|nomas|no mas|de una vez|estimada|estimado|estimados|\
                querida|querido|vecinita|caserita|casera|caserito|amiguita|negra|negri|gordi|flaca|\
                flaco|mi reina|mi rey|mi gente|licenciada|licenciado|dios la bendiga|\
                dios lo bendiga|que dios la bendiga|que dios lo bendiga|dios te bendiga|hechos|\
                hechas|hechos pelota|hecha pelota|hecho pelota|hecho polvo|hecha polvo|por favor|\
                porfavor|porfa|porfis|porfi|por fa|xfa|xfavor|pf|plis|pliss|please|perdon|perdona|\
                perdone|disculpa|disculpe|disculpen|la verdad|lo siento|pues|que|muy|todo|toda|con|\
                mi|tu|me|la|lo|el|las|los|a|de|del|en|es|esa|ese|esta|este|esto|estoy|para|por|\
                hora|cita|la cita|turno|lugar|el lugar|espacio|hueco|entonces|ahi|alli|ahorita|\
                ya pues|senora|senor|senorita|don|dona|amiga|amigo|bro|hermana|hermano|mana|mano|\
                linda|lindo|guapa|guapo|reina|rey|preciosa|bonita|bella|jefa|jefe|mija|mijo|tia|\
                tio|tron|maja|majo|nena|nene|cari|carino|corazon|cielo|amor|mi amor|mi vida|vida|\
                guapi|wey|guey|che|boludo|boluda|loca|loco|parce|parcero|parcera|vecina|vecino|\
                maestro|crack|genio|genia|capo|veci|compa|compadre|comadre|y|e|muchisimo|favor|uy|\
                ay|ah|oh|eh|jaja|jajaja|jajajaja|jeje|jejeje|jiji|mmm|hmm|emm|x|xd|entonces si|asi|\
                dia|tal|eso|bueno pues|venga pues|un|una|yo|tambien|mismo|misma|ese dia|super|re|\
                nada|porque|te|se|tranquila|tranquilo|para mi|conmigo|le|les|nos|os|al|va bien|\
                perfectamente bien|hoy mismo|en adelante|para adelante|a eso de|dentro de una|\
                dentro de un|cosa de una|mas de una"
        }
        Cue::Greet => {
            "hola|ola|holi|holis|holaa|holaaa|hola hola|buenas|buenass|wenas|buenos dias|buen dia|\
                buenas tardes|buenas noches|muy buenas|muy buenos dias|muy buenas tardes|\
                hola buenas|hola que tal|hola como estas|hola buenos dias|hola buenas tardes|\
                hola buenas noches|que onda|que tal|que hubo|quiubo|quiubole|que mas|hola de nuevo|\
                saludos|bonito dia|feliz dia|hey|hi|hello"
        }
        Cue::Thank => {
            "gracias|grasias|gracia|grax|graxias|grcs|gcias|muchas gracias|mil gracias|\
                muchisimas gracias|mil millones de gracias|un millon de gracias|gracias de verdad|\
                te lo agradezco|se lo agradezco|le agradezco|le agradezco mucho|te agradezco|\
                te agradezco mucho|se agradece|muy amable|muy amables|que amable|agradecida|\
                agradecido|gracias por todo|gracias por avisar|muchas gracias por todo|\
                gracias de antemano|thanks|thank you|thx"
        }
        Cue::Part => {
            "mas adelante les escribo y vemos|mas adelante te escribo y vemos|\
                mas adelante les escribo|mas adelante te escribo|mas adelante le escribo|\
                luego les escribo y vemos|les escribo y vemos|te escribo y vemos|\
                le escribo y vemos|mas adelante vemos|despues veo|luego veo|despues veo cuando|\
                luego veo cuando|mas adelante veo|ya vere cuando|despues aviso|luego aviso|\
                despues me comunico|luego me comunico|despues hablamos|luego hablamos|\
                despues les escribo|luego les escribo|despues te escribo|luego te escribo|\
                despues vemos|adios|adeu|chao|chau|chaito|chaucito|chaucha|bye|baii|ciao|\
                hasta luego|hasta manana|hasta pronto|hasta entonces|hasta el lunes|\
                hasta el martes|hasta el miercoles|hasta el jueves|hasta el viernes|\
                hasta el sabado|hasta la vista|hasta ahora|nos vemos|nos vemos ahi|nos vemos alli|\
                ahi nos vemos|alli nos vemos|nos vemos entonces|nos vemos manana|nos vemos luego|\
                te veo|te veo ahi|te veo manana|la veo|los veo|nos estamos viendo|que estes bien|\
                que este bien|que esten bien|que tengas buen dia|que tenga buen dia|\
                que tengan buen dia|que tengas linda tarde|que tenga linda tarde|buen finde|\
                buen fin de semana|feliz tarde|feliz noche|linda tarde|buena tarde|cuidate|\
                cuidense|cuidese|un saludo|un abrazo|un abrazo grande|abrazos|abrazo|un beso|besos|\
                besitos|un besote|bendiciones|dios te bendiga|saludos cordiales|atentamente|\
                un cordial saludo"
        }
    }
}
