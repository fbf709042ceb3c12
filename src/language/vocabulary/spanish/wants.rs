//! What is wanted, in Spanish.

use crate::language::{intent::Intent, vocabulary::Phrases};

#[expect(clippy::too_many_lines, reason = "a table, one line for each meaning")]
pub(super) fn intent(intent: Intent) -> Phrases {
    match intent {
        Intent::Greeting => {
            "hola|ola|holi|buenas|buenos dias|buen dia|buenas tardes|buenas noches|que tal|\
                hola que tal|hola buenas|muy buenas|muy buenas tardes|muy buenas noches|\
                muy buenos dias|feliz tarde|linda tarde|buena tarde|feliz dia|feliz noche|saludos|\
                wenas|buenas buenas|hola buenos dias|hola buenas tardes|hola buenas noches|\
                que onda|hola como estas|como estas|como esta"
        }
        Intent::Thanks => {
            "gracias|muchas gracias|mil gracias|grax|graxias|grcs|te lo agradezco|se lo agradezco|\
             muy amable|agradecida|agradecido|gcias|muchisimas gracias|gracia|grasias"
        }
        Intent::Farewell => {
            "adios|chao|chau|hasta luego|hasta manana|nos vemos|hasta pronto|bye|hasta entonces|ciao|\
             que tengas buen dia|que tenga buen dia|feliz dia|buen finde|cuidate|hasta la vista"
        }
        Intent::Book => {
            "reservar|reserva|reservame|reservarme|resérvame|cita|citas|sita|turno|turnos|\
             hora libre|agendar|agendame|agendarme|agenda|pedir hora|coger hora|hora para|hueco|\
             huecos|huequito|disponibilidad|disponible|disponibles|hay lugar|lugar|tienes libre|\
             tiene libre|estas libre|esta libre|estan libres|cupo|cupos|tienes algo|tiene algo|\
             teneis algo|tienen algo|hay algo|me puedes atender|me puede atender|\
             me pueden atender|me atienden|me atiendes|apuntame|apuntarme|anotame|anotarme|\
             sacar cita|sacar turno|pedir cita|pedir turno|dame cita|concertar|apartar|apartame|\
             espacio|tienen espacio|hay espacio|hay sitio|sitio|dame hora|sacar hora|quiero hora|\
             campo|me agendas|me apuntas|apuntas|tienes hora|tienen hora|tiene hora|teneis hora"
        }
        Intent::Cancel => {
            "olvidaos de lo|olvidate de lo|olvidense de lo|olvidese de lo|olvidaos de la|\
                olvidate de la|olvidense de la|olvidese de la|lo doy de baja|la doy de baja|\
                los doy de baja|doy de baja|quitarla|quitarlo|hay que quitar|habria que quitar|\
                deme de baja lo|dame de baja lo|denme de baja lo|sacamelo|sacamela|\
                sacalo de la agenda|saquelo|saquenlo|saquela|quitamelo|quitamela|quitemelo|\
                quitemela|bajamelo|bajamela|dame de baja el|dame de baja la|dame de baja mi|\
                dame de baja ese|dame de baja esa|deme de baja el|deme de baja la|deme de baja mi|\
                denme de baja el|denme de baja la|denme de baja mi|dale de baja a mi|\
                dale de baja al|bajame del turno|bajame de la cita|bajame del|dalo de baja|\
                dala de baja|darlo de baja|darla de baja|damelo de baja|damela de baja|\
                delo de baja|dela de baja|denlo de baja|denla de baja|dalos de baja|dalas de baja|\
                dejalo sin efecto|dejala sin efecto|dejalo sin efecto nomas|dejemos sin efecto|\
                dejar sin efecto|deja sin efecto|dejen sin efecto|sin efecto el turno|\
                sin efecto la cita|doy de baja mi|doy de baja el|doy de baja la|dar de baja mi|\
                dar de baja el|quita mi|quite mi|quiten mi|quitar mi|quitenme la|bajame nomas|\
                bajeme|bajenme|bajanos|sacame de la lista|saqueme de la lista|quitame de la lista|\
                quiteme de la lista|ya no voy a necesitar|ya no vamos a necesitar|ya no necesitare|\
                ya no las necesito|no la voy a necesitar|no lo voy a necesitar|\
                ya no la voy a necesitar|ya no lo voy a necesitar|no la voy a ocupar|\
                no lo voy a ocupar|ya no la voy a ocupar|ya no lo voy a ocupar|no voy a ocupar|\
                ya no voy a ocupar|no la voy a usar|no lo voy a usar|ya no la voy a usar|\
                ya no lo voy a usar|no la necesito|no lo necesito|quitalas|quitelas|quitamelas|\
                quitemelas|quitenmelas|quiteme la cita|quitame la cita|anule|anulen|anulame|\
                anuleme|anular|anula|anulenme|anulala|anulalo|borra la|borra el|borra mi|borrame|\
                borreme|borrenme|borra la hora|borrar mi|borren|elimina mi|eliminar mi|eliminame|\
                elimine|quitame la hora|quitame el turno|saca mi|sacame la hora|bajame|\
                dar de baja la cita|suspende|suspendan|suspender la|ya no me voy a hacer|\
                ya no me lo voy a hacer|ya no me la voy a hacer|no me voy a hacer|\
                ya no voy a querer|ya no quiero la cita|ya no la quiero|ya no lo quiero|\
                ya no necesito|no voy a necesitar|cancelen|cancele|cancelenme|canceleme|cancelar|\
                cancela|cancelo|cancelame|cancelarla|cancelarlo|cancelala|cancelalo|cancelas|\
                me cancelas|cancelacion|anularla|anulo|ya no la necesito|ya no lo necesito|\
                ya no quiero|borrar la cita|ya no hace falta|canselar|cancelacion de cita|\
                quitar la cita|\
                [quita/quitame/quiteme/quitenme/borra/borrame/borren/elimina/eliminame/saca/sacame/\
                    anula/anulame] [la/lo/el] de"
        }
        Intent::Keep => {
            "no canceles|no cancelen|no cancelar|no canceles mi cita|no cancelen mi cita|\
             no la canceles|no la cancelen|no quiero cancelar|no la muevas|no la muevan|\
             no la cambies|mantener mi cita|mantenla|iba a cancelar pero no|no he cancelado|\
             no cancele"
        }
        Intent::Policy => {
            "politica de cancelacion|si cancelo|hasta cuando puedo cancelar|cobran por cancelar|\
             hasta cuando se puede cancelar|puedo cancelar despues|se puede cancelar despues|\
             me cobran si cancelo|es tarde para cancelar"
        }
        Intent::NeverMind => {
            "entonces nada|nada entonces|olvidalo|dejalo|dejala|olvidate|dejalo asi|dejala asi|\
                dejalo como esta|dejala como esta|mejor dejalo|mejor dejala|no pasa nada|dejemoslo|\
                dejemoslo asi"
        }
        Intent::Reschedule => {
            "lo pasamos al|la pasamos al|lo pasamos para|la pasamos para|se puede pasar al|\
                se puede pasar para|la puede pasar|lo puede pasar|me la puede pasar|\
                me lo puede pasar|se la puede pasar|pasarla al|pasarlo al|pasarla para|\
                pasarlo para|me mueves para|me mueve para|me mueven para|me muevas para|me mueves|\
                me mueven|puedo pasar mi cita|puedo pasar la cita|puedo pasar mi turno|\
                puedo pasar mi hora|podria pasar mi cita|podria pasar mi turno|\
                podria pasar mi hora|ponmela para|ponmela el|ponmela a las|pongamela para|\
                pongamela el|pongamela a las|ponemela el|ponemela a las|dejarlo para|dejarla para|\
                dejarlo pa|dejarla pa|lo dejamos para|la dejamos para|dejemoslo para|\
                dejemosla para|me lo dejas para|me la dejas para|me puede pasar|me puedes pasar|\
                me podes pasar|me podeis pasar|me pueden pasar|pasar lo de|pasar lo del|\
                mover lo de|mover lo del|cambiar lo de|cambiar lo del|atrasame|atraseme|atrasenme|\
                retrasame|retraseme|retrasar|retrasa|aplazame|posponme|correme|corrame|me corre|\
                me corra|me corres|me corran|cambiar|cambio|cambiame|cambiarla|cambiarlo|cambiarme|\
                reprogramar|reprogramarla|lo paso|la paso|lo pasamos|la pasamos|lo cambio|\
                la cambio|lo cambiamos|la cambiamos|lo movemos|la movemos|pasemosla|pasemoslo|\
                pasemosla pa|movamosla|movamoslo|me la pasais a|me lo pasais a|me la pasas a|\
                me la pasas para|me lo pasas a|me lo pasas para|me la pasan a|me la pasan para|\
                me la puedes pasar|me lo podes pasar|me la podes pasar|me la podeis pasar|\
                me lo puedes pasar|me la podeis cambiar|me lo podes cambiar|me la cambias|\
                me la cambian|correr mi cita|correr mi hora|correr el turno|correr mi turno|\
                correrla|correrlo|corrermela|reagendar|reagendarla|mover|moverla|mueveme|muevela|\
                muevemela|moverme|pasame|pasarla|pasarlo|pasar la cita|pasamela|pasar mi cita|\
                pasarme|aplazar|aplazarla|posponer|posponerla|adelantar|adelantarla|atrasar|\
                atrasarla|atrasamela|atrasala|retrasamela|retrasala|retrasar la cita|\
                retrasar mi cita|pasar el turno|pasar la reserva|la podemos pasar|lo podemos pasar|\
                cambias|me cambias|mudar|correr la cita|cambiemos|cambien|cambia"
        }
        Intent::Appointments => {
            "con quien es|con quien me toca|con quien la tengo|con quien lo tengo|con quien es mi|\
                con quien tengo|teniamos turno|tenemos turno|teniamos cita|tenemos cita|\
                teniamos hora|tenemos hora|cuando es mi|a que hora es mi|mi cita es|mi turno es|\
                tengo una cita|que dia es mi|cuando tengo|tengo cita|a que hora tengo|\
                que dia tengo|cuando me toca|ver mis citas|mis citas|mi proxima cita|mis turnos|\
                mis reservas|que dia tenia|a que hora tenia|cuando era mi|mi cita cuando era|\
                a que hora era|cuando tenia|ver mi cita|consultar mi cita|tengo alguna cita|\
                tengo turno|cuando era|a que hora me toca|que dia me toca|cuando es la cita|\
                a que hora es la cita|a que hora quede|tengo la cita|para cuando tengo|\
                para cuando es mi|tengo reserva|tengo hora reservada|cual es mi cita|\
                a que hora es mi cita|que dia era|para que dia es|para que dia era|\
                a que hora quedo|que citas tengo|cuales son mis citas|que tengo agendado|\
                me confirmas|me confirma|me confirman|confirmarme la cita"
        }
        Intent::Human => {
            "pasame con|persona real|una persona|un humano|humano|agente|operador|hablar con|\
             recepcionista|asesor|asesora|encargada|encargado|un bot|eres un robot|llamenme|\
             llamame|llameme|me pueden llamar|me puede llamar|me puedes llamar|me llaman|\
             atencion al cliente|una asesora|robot|la duena|el dueno|me llamas|ser humano|\
             persona de verdad|marcame|marquenme|me marcan"
        }
        Intent::StartOver => {
            "empezar de nuevo|volver a empezar|desde el principio|reiniciar|comenzar de nuevo|\
             empezar otra vez|de cero|desde cero|empecemos de nuevo|volvamos a empezar"
        }
        Intent::Stop => {
            "darme de baja|dame de baja|saquenme de su lista|saquenme de la lista|\
             dejen de molestar|no me molesten|denme de baja|no me escriban mas|no me escribas mas|\
             no me escriban|dejen de mandarme mensajes|dejen de escribirme|deja de escribirme|\
             dejen de enviarme mensajes|no quiero recibir mas mensajes|no quiero mas mensajes|\
             no me manden mas mensajes|no me envien mas mensajes|no mas mensajes|\
             quitenme de la lista|no quiero recibir mensajes|dejad de escribirme|dejame en paz|\
             dejenme en paz|cancelar suscripcion|no me molesten mas"
        }
        Intent::Hours => {
            "a que hora abren|a que hora abris|a que hora cierran|cuando abren|cuando cierran|\
             abren|abris|cierran|cerrais|horario|horarios|horario de atencion|hasta que hora|\
             hasta que hora estan|trabajan|trabajais|estan abiertos|esta abierto|estais abiertos|\
             cual es el horario|a que hora abre|a que hora cierra|abierto|abiertos|que dias abren|\
             que horario tienen|que horarios tienen|hasta que hora abren|atienden|abre|cierra|\
             cual es su horario|estan trabajando|a que hora atienden|desde que hora|\
             hasta que hora atienden|que dias trabajan|que dias atienden"
        }
        Intent::Price => {
            "cuanto [me/nos/le/te/] [costaria/cuesta/cuestan/va a costar/cobrarian/cobras/cobran/\
                    cobra/cobrais/sale/salen/saldria/va a salir/vale/valen/es/esta/seria/sera/va a ser]|\
                cual es la diferencia|que diferencia hay|que diferencia|diferencia entre|\
                [se/] [demora/demoran/tarda/tardan/dura/duran] mucho|[toma/lleva] mucho tiempo|\
                cuanto [se/te/os/] [demora/demoran/demoras/tarda/tardan/tardas/tardais/dura/duran/\
                    lleva/toma/llevan/tardaria/demoraria/tardarian/demorarian]|\
                [como/y] cuanto [se/] [tarda/demora]|cuanto rato|que tanto [dura/se tarda/tarda/demora]|\
                precio|precios|que precio|lista de precios|tarifa|tarifas|costo|costos|coste|valor|\
                a cuanto|a como|que cuesta|que vale|caro|presupuesto|cuanto por|cuanto seria en total|\
                cuantos minutos|cuantas horas|cuanto tiempo|en total"
        }
        Intent::Address => {
            "donde estan|donde estais|la ubi|ubi|me pasas la ubicacion|donde estan ubicados|\
                donde se encuentran|direccion|ubicacion|como llego|donde queda|donde quedan|\
                donde es|donde esta|como llegar|donde estas|ubicados|cual es la direccion|mapa|\
                donde los encuentro|en donde estan|en que calle|por donde estan|donde se ubican"
        }
        Intent::More => {
            "otro horario|otra hora|otro dia|otros horarios|otras horas|otros dias|que mas tienes|\
             mas horarios|mas horas|ninguna de esas|ninguno de esos|ninguno|ninguna|mas opciones|\
             otras opciones|que mas hay|algo mas|que otra hora|que otros horarios|ver mas|\
             otra fecha|otras fechas|que otro dia|ninguna de estas|ninguno de estos|alguna otra hora|\
             que otras horas|que mas tienen|que otra|otra opcion"
        }
        Intent::Soonest => {
            "a primera hora|primera hora|a primera hora de la manana|hoy a primera hora|\
                el primer turno que tengas|el primer turno que haya|el primer turno libre|\
                la primera que haya|la primera cita que tengas|el primer lugar|el primer espacio|\
                el primer lugar que tengas|el mas temprano|la mas temprano|la mas temprana|\
                el mas temprano que tengas|el mas temprano que tenga|lo mas temprano|\
                lo mas temprano que tengas|lo mas temprano que tenga|lo mas temprano que haya|\
                la hora mas temprana|a la hora mas temprana|a la hora mas temprana que tengas|\
                a la hora mas temprana que tengai|la hora mas temprana que tengas|\
                el primero que haya|el primero|lo primero que tengas|lo primero que haya|\
                lo primero|el mas proximo|lo mas proximo|lo mas pronto que tengas|la mas pronta|\
                el turno mas cercano|el primer turno|la primera hora que tengas|lo antes posible|\
                lo antes que tengas|cuanto antes|lo mas pronto posible|la primera que tengas|\
                la primera que tienes|primera hora disponible|la primera hora disponible|\
                proxima disponible|lo mas pronto|ahora mismo|ahorita|ahora|ya mismo|urgente|\
                lo mas rapido posible|lo antes que puedas|la primera|el primero que tengas|\
                la primera disponible|proximo disponible|la primera cita|la mas proxima|\
                lo mas temprano posible|lo antes que se pueda|lo + pronto posible|\
                lo mas pronto que puedas|primer hueco|el primer hueco|la mas cercana|\
                cuanto antes mejor|la hora mas proxima|en cuanto puedas"
        }
        Intent::Latest => {
            "[lo/la/el] mas tarde [posible/que tengas/que tengan/que tenga/que haya/que se pueda/\
                    que puedas/que puedan/que tengais]|\
                la ultima [que tengas/que tengan/que tenga/que haya/que tengais/cita del dia/del dia/\
                    disponible/hora que tengas/hora que tengan/hora disponible]|\
                el ultimo [que tengas/que tengan/que tenga/que haya/turno/turno que tengan/hueco/\
                    lugar/espacio/horario]|el horario mas tarde"
        }
        Intent::Menu => {
            "menu|ayuda|opciones|que puedes hacer|como funciona|que servicios tienen|servicios|\
             que servicios ofrecen|que ofrecen|que hacen|ayudame|que servicios|que servicios tienes|\
             necesito ayuda|que servicios hay|que tratamientos|menu principal|que servicios teneis"
        }
        Intent::CannotCome => {
            "no [me/nos] [esperen/espere/esperes/espereis]|no [me/] da para ir|no me va a dar para ir|\
                no da para ir a|no me da la vida para ir|no me [dan los tiempos/da el tiempo]|\
                no me da tiempo [de/a] [ir/llegar]|no me da el tiempo para ir|no estoy ese dia|\
                ese dia no estoy|[no/ya no] va a ir|[no/ya no] va a poder|\
                [no/ya no] [puedo/podre/podra/podremos/podemos/va a poder/voy a poder/vamos a poder/\
                    alcanzo a/voy a alcanzar a/alcanzare a] [ir/llevar/llegar/asistir/acudir/venir]|no puedo estar|\
                no puedo llegar a|ya no puedo|no voy a poder|no podre|ya no podre|\
                [no/ya no] [voy/vamos] a [ir/llegar/asistir]|no [llego/llegare/ire/asistire]|\
                [me/nos] [surgio/ha surgido/salio/ha salido] [algo/un imprevisto/una cosa]|\
                tengo un imprevisto|se me presento algo|\
                se [me/nos] [complico/complica/ha complicado]|me complique"
        }
        Intent::Late => {
            "llego tarde|voy tarde|llegare tarde|tarde voy|voy a llegar tarde|retraso|de retraso|\
             me retraso|me demoro|me atraso|voy retrasada|voy retrasado|voy con retraso|atasco|\
             trafico|trancon|voy atrasada|voy atrasado|llego en|voy a llegar|llego unos|llego con|\
             minutos tarde|min tarde|me retrasare|me voy a retrasar|vamos tarde|\
             voy demorada|voy demorado|me voy a demorar|me voy a atrasar|me tardo|\
             llegamos tarde|llego como|minutos de retraso|min de retraso|minutitos tarde"
        }
        Intent::Earlier => {
            "adelantame|adelanteme|algo antes|nada antes|algo mas temprano|mas temprano|mas pronto|\
                hay antes|antes no|tienes antes|un poco antes|mas tempranito|adelantar|adelantarla|\
                adelantarme|adelantamela|adelantala|alguna antes|algun hueco antes|algo mas pronto|\
                no hay nada antes|antes|un poco mas temprano"
        }
        Intent::Later => {
            "algo mas tarde|mas tarde|un poco mas tarde|algo despues|hay despues|mas tardecito|\
             nada mas tarde|alguna mas tarde|mas a la tarde|un poco despues|tienes despues|despues"
        }
        Intent::SameTime => {
            "mantener la hora|mantener el horario|mantener mi hora|misma hora|la misma hora|\
                a la misma hora|mismo horario|el mismo horario|igual hora|esa misma hora|\
                a esa misma hora|a esa hora|mismo dia y hora|el mismo dia y hora|\
                mismo dia misma hora|mismo dia y misma hora|mismo dia y a la misma hora|\
                el mismo dia a la misma hora|mismo dia y mismo horario"
        }
        Intent::Anytime => {
            "la que sea|el que sea|lo que sea|cualquiera|cualquiera de las dos|\
                cualquiera de los dos|cualquiera me sirve|cualquiera me va bien|la que quieras|\
                el que quieras|la que tengas|la que te acomode|tu escoge|usted elija|elige tu|\
                elegi vos|elija usted|tu decides|cualquier hora|a cualquier hora|cuando sea|\
                me da igual|cuando quieras|cualquier dia|me da igual la hora|cuando puedas|\
                cuando tengas|da igual|cuando sea esta bien|cualquier momento|me es indiferente|\
                la hora que sea|el dia que sea|no me importa|cuando puedan|a la hora que sea|\
                cuando tengan|tu eliges|lo que tengas|me da lo mismo|a cualquier hora me va bien|\
                tengo flexibilidad|da lo mismo|cuando ustedes puedan"
        }
        Intent::Anyone => {
            "cualquiera del equipo|cualquiera de ustedes|el que este|la que este|quien este|\
                con quien haya|con quien tengan|con quien toque|con el que haya|\
                cualquiera esta bien|con cualquiera|con quien este disponible|\
                quien este disponible|con la que este libre|con el que este libre|quien sea|\
                con quien sea|me da igual con quien|me da igual quien|no importa quien|\
                con la que sea|con el que sea|cualquier persona|cualquier profe|cualquier profesor|\
                cualquier profesora|cualquier barbero|cualquier estilista|cualquier chica|\
                cualquier chico|cualquier peluquero|cualquier peluquera|cualquier mecanico|\
                cualquier tecnico|cualquier doctor|cualquier doctora|cualquier dentista|\
                cualquier veterinario|cualquier masajista|cualquier fisio|cualquier manicurista|\
                cualquier instructor|cualquier instructora|cualquiera de las chicas|\
                cualquiera de los chicos|cualquiera de las muchachas|sin preferencia|\
                no tengo preferencia|da igual con quien|con quien este libre|\
                con cualquiera de los dos|con quien pueda"
        }
        Intent::Resume => "darme de alta|dame de alta|denme de alta|suscribirme|reactivar mensajes",
        Intent::Language => "otro idioma|cambiar idioma|que idiomas|cambiar de idioma",
        Intent::Group => "grupo|un grupo|para un grupo|en grupo|toda la familia|grupal",
    }
}

pub(super) fn whole(intent: Intent) -> Phrases {
    match intent {
        Intent::Stop => {
            "baja|parar|paren|ya paren|stop|no molestar|unsubscribe|dar de baja|baja por favor|basta"
        }
        Intent::Resume => "alta|start|dar de alta|alta por favor",
        Intent::Anytime => "cualquiera|cualquier|la que sea|el que sea",
        Intent::Human => "persona|llamar|asesor",
        Intent::Appointments => "mi cita|mis citas|mi turno|mi reserva|mi cita por favor|mi hora",
        Intent::More => "mas",
        Intent::CannotCome => "no puedo|no podre|no voy a poder",
        _ => "",
    }
}

/// What makes a yes.
pub(super) const YES: Phrases = "ya|ya po|ya pues|si|sip|claro|claro que si|por que no|\
    claro por que no|seria perfecto|estaria bien|estaria perfecto|dale|vale|ok|oki|okey|okay|okis|\
    bueno|perfecto|de acuerdo|esta bien|me parece bien|me va bien|listo|correcto|confirmo|\
    confirmado|asi es|por supuesto|genial|venga|orale|sale|va|simon|andale|reservala|\
    confirmo la cita|ahi estare|alli estare|me viene bien|estupendo|excelente|desde luego|\
    confirmar|confirmada|me sirve|me queda bien|eso|exacto|sep|obvio|si claro|buenisimo|barbaro|\
    de una|hagale|bien|muy bien|esta perfecto|me gusta|esa esta bien|adelante|okas|vale si|\
    va que va|sale y vale|ahi voy|cuenta conmigo|afirmativo|asi quedamos|quedamos asi|hecho|sii|\
    joya|fino|chevere|sisi";

/// What makes a no.
pub(super) const NO: Phrases = "ya no|no|nop|no gracias|claro que no|por supuesto que no|\
    ese dia no|para nada|ahora no|todavia no|nel|nop gracias|de ninguna manera|por ahora no|\
    de momento no|no quiero|mejor no|que no|nunca|aun no|nada|tampoco|incorrecto|negativo|ni modo|\
    no no|no muchas gracias|esa no|ese no|nones";

/// What changes neither.
pub(super) const FILLERS: Phrases = "si se puede|si hay lugar|si hay hueco|si hay espacio|\
    si hay sitio|si hay cupo|si esta libre|si esta disponible|si no esta ocupado|\
    si no esta ocupada|si queda lugar|si queda hueco|idealmente|preferiblemente|preferentemente|\
    de preferencia|de ser posible|a poder ser|ojala|jaja|jajaja|jajajaja|jeje|jejeje|besos|besitos|\
    un beso|de antemano|tia|tio|maja|guapi|nena|cari|corazon|carino|wey|guey|che|mija|jefa|jefe|\
    por favor|porfa|porfavor|perdon|disculpa|disculpe|la verdad|lo siento|perdona|estoy bien|\
    asi estoy bien|estaria|seria|me parece|ese dia|dia|porfis|pf|plis|la|lo|el|eso|esa|ese|esta|es|\
    pues|que|muy|todo|con|mi|tu|me|la cita|cita|a|de|hora|entonces|ya|senora|senor|amiga|amigo|bro|\
    linda|guapa|reina|y|si|porfi|por fa|xfa|xfavor|muchisimo|favor";

/// What sounds like a wish and is none.
pub(super) const IDLE: Phrases = "doble turno|turno doble|turno [de/de la] [noche/manana/tarde]|\
    turno nocturno|[cena/comida/fiesta/posada] de [navidad/fin de ano/ano nuevo]|ya llamare|ya los llamare|ya les llamare|ya os llamare|yo llamo|\
    ya llamo|yo los llamo|yo les llamo|que no llego con la plata|que no llego con el dinero|\
    no llego con la plata|no llego con el dinero|no llego a fin de mes|no me alcanza|\
    no me alcanza la plata|no me llega el dinero|ando corto de plata|ando corta de plata|\
    como estan|como esta usted|como andan|como andas|como va todo|como les va|como le va|\
    como te va|como van|como siguen|como amanecieron|como amanecio|que tal todo|todo bien|\
    que hablar con ella|que hablar con mi|que hablarlo con|lo tengo que hablar|lo hablo con|\
    lo hable con|hablarlo con|lo hablamos con|revisar mi agenda|revisar la agenda|ver mi agenda|\
    mirar mi agenda|mi agenda|pude arreglar|pude arreglarlo|pude arreglarme|me pude arreglar|\
    logre arreglar|ya arregle|pude acomodar|pude organizarme|del presupuesto|\
    se me salio del presupuesto|fuera de presupuesto|fuera de mi presupuesto|es mi unico dia|\
    es mi unico dia libre|es mi dia libre|es mi dia|la una o la otra|como la ultima vez|\
    igual que la ultima vez|como la otra vez|una o la otra|una u otra|una de|\
    cambie de opinion|cambio de opinion|cambie de idea|primera semana|la primera semana|\
    ultima semana|la ultima semana|no se|quizas|quiza|tal vez|la semana pasada|el mes pasado|\
    a lo mejor|talvez|puede que|no estoy segura|no estoy seguro|ultima vez|primera vez|\
    la primera vez|ayer|la otra vez|el otro dia|un momento|un segundo|un momentito|espera|espere|\
    a ver|para que|en general|por lo menos|a veces|otra vez|de vez en cuando|todo el dia|\
    como siempre|ni idea|en casa|la vez pasada|a la vez|a que hora|que dia|que hora|mismo dia|\
    poco a poco|hace una semana|hace dos semanas";

/// What else tells the language.
pub(super) const COMMON: Phrases = "pagar|pagarlo|pagarla|pagarle|pagarte|pagarles|preciosa|\
    precioso|preciosas|preciosos|yo|tu|usted|ustedes|el|ella|ellos|nosotros|que|donde|cuando|quien|\
    por|porque|xq|pq|como|cual|puedo|puedes|puede|pueden|podria|podrias|quiero|quisiera|necesito|\
    tengo|tienes|tiene|tienen|teneis|hay|es|son|esta|estan|estoy|soy|eres|ser|estar|voy|va|ir|\
    venir|hacer|hago|me|te|se|le|les|nos|lo|la|los|las|un|una|unos|unas|de|del|al|en|con|sin|para|\
    y|o|pero|si|muy|mas|tambien|solo|ya|todavia|aqui|alli|esto|eso|algo|nada|gustaria|saber|\
    estacionamiento|cerca|aceptan|tarjeta|perro|enfermo|platanos|azules|pelo|corte|barba|tinte|\
    manicura|cuanto|cuesta|bien|mal|hacen|tener|favor|mi|mis|su|sus|tus|este|esa|ese|nueva|nuevo|\
    porfa|querria|atender|semana|otra|otro|jaja|jajaja|jeje|sino|ni|mismo|ellas|dar|dame|das|poder|\
    queria|necesitaria|encantaria|reunion|gente|tarde|entonces|pues|vez|aparcar|sois|sos|vos";

/// What customers tell of their lives.
pub(super) const LIFE: Phrases = "me encanta|me fascina|empieza las clases|empiezan las clases|\
    empiezan el cole|tengo juicio|juicio es|labura|curra|chambea|madruga|madrugo|chambeo|viajo|\
    cojo el|cojo un|cojo el tren|cojo el avion|cojo el vuelo|tomo el tren|tomo el bus|\
    tomo el vuelo|tomo un vuelo|sale mi|sale mi vuelo|sale mi tren|sale el tren|sale el vuelo|\
    sale el bus|sale el avion|recojo a|recojo al|toca en|toca el piano|toca la guitarra|\
    toca el violin|actua|actua en|compite|compite en|baila en|canta en|canto en|corre el|corre la|\
    desfila|se gradua|recital|sale del|salen del|sale de la|sale de clase|sale de clases|\
    salen de clase|salen de clases|salgo del|entra al|entra a clase|entro a trabajar|\
    entro a trabajar a|entro al trabajo|entro a clase|entro a clases|entro al curro|entro a currar|\
    entro a laburar|entro al laburo|vivo en|vivo por|matrimonio|se me prendio|me prendio|\
    se prendio|se me rompio|se me quebro|tengo zoom|tengo call|tengo llamada|de irme|de irnos|\
    de viajar|cumplio|cumplio anos|cumple anos|viene mi|vienen mis|viene a verme|vienen de|\
    llegan mis|llega mi|llega el|llega la|es su|es el cumple|es la fiesta|actuacion|actuacion del|\
    me pusieron|pusieron una|me salio una|me salio un|una reunion|reunion en|junta de|corro|\
    corro una|maraton|juega|salgo de|salgo a|nos casamos|nos vamos|me operan|operan a|operaron|\
    torneo|partido de|velorio|funeral|velatorio|diligencia|tramite|ando justa|ando justo|\
    ando corta|ando corto|ando mal|no me alcanza|toda la noche|todo el dia de ayer|quinceanero|\
    tengo quinceanero|trabajo|trabajo de|descanso|yo trabajo|laburo|curro|rindo|vuelo|me caso|\
    se casa|boda|cumple|cumpleanos|examen|entrevista|fiesta|aniversario|graduacion|bautizo|\
    comunion|tengo junta|tengo reunion|tengo examen|tengo clase|tengo medico|tengo boda|\
    tengo entrevista|tengo vuelo|tengo que trabajar|tengo un|tengo una|tengo el|tengo la|viene el|\
    viene la|vacaciones|cerro en|cerraron|viene de|llegan|llueve|empiezo|arranco|empieza el cole|\
    empiezan|sale de trabajar|salgo de trabajar a|me cae|mis xv|son en|estuve|estuvimos|nacio|nace|\
    feliz|me mude|me voy de|nos vamos de|se va de|cobro|me pagan|nos pagan|es mi santo|cumplo|\
    tengo una reunion|tengo una boda|tengo un examen";

/// Phrases that say from when somebody is free.
pub(super) const RELEASED: Phrases = "salgo|salgo a|salgo a las|salgo a la|salgo de|salgo del|\
    salgo de la|salgo de trabajar|salgo de trabajar a|termino|termino a las|termino de trabajar|\
    acabo de trabajar|me desocupo|me desocupo a las|quedo libre|quedo libre a las|salimos|\
    me libero|me libero a las";

/// What says that something is wanted.
pub(super) const WANTS: Phrases = "habia pensado|habia pensado en|habiamos pensado|pensaba en|\
    estaba pensando en|dadme|dadme hora|dadme cita|ponedme|apuntadme|reservadme|cogedme|me dais|\
    me dais hora|me poneis|me apuntais|me cogeis|tengo pensado|tengo pensado ir|tengo ganas de|\
    tengo intencion de|tengo en mente|puedo pasarme|puedo pasarme en|puedo pasarme por|\
    puedo pasarme el|puedo pasarme esta|puedo pasarme hoy|podria pasarme por|podria pasarme en|\
    podria pasarme el|puedo pasar|puedo pasar por|puedo pasar en|podemos pasarnos|podrian|pueden|\
    quiero|quisiera|queria|necesito|me gustaria|puedo|puede|puedes|podria|podrias|podeis|podes|\
    tienes|tiene|teneis|tenes|tendrias|tendria|tendras|hay|reserva|reservame|agendame|anotame|\
    apuntame|turno|cita|hueco|me das|me das hora|dame|ponme|poneme|me pones|me apuntas|busco|ocupo|\
    me hace falta|me reservas|me reservais|apartame|prefiero|quedamos|me viene bien";

/// Words before what says whether a time suits.
pub(super) const ASKS: Phrases = "me|nos|seria|estaria|es|esta";

/// Words after a time that say that it suits.
pub(super) const SUITS: Phrases = "mejor|bien|perfecto|perfecta|ideal|genial|joya|barbaro";

/// Phrases for an appointment that the customer has.
pub(super) const OWN: Phrases = "lo de manana|la de manana|el de manana|lo de hoy|la de hoy|\
    el de hoy|lo de esta tarde|la de esta tarde|lo de pasado manana|la de pasado manana|\
    mantener el dia|mantener la fecha|mantener la hora|mantener el horario|mantener mi dia|\
    toca trabajar ese dia|ese dia me toca trabajar|lo mio|la mia del|el mio del|teniamos turno|\
    tenemos turno|teniamos cita|tenemos cita|teniamos hora|tenemos hora|la que tengo|lo que tengo|\
    el que tengo|la que tenia|lo que tenia|lo que reserve|la que reserve|lo que agende|\
    la que agende|lo reservado|lo agendado|mi cita|mis citas|la cita|la cita del|mi hora|\
    la hora del|mi turno|el turno del|mi reserva|la reserva|tengo cita|tengo hora|tengo turno|\
    tenia cita|tenia hora|tenia turno|tengo una cita|tengo un turno|tengo una hora|mi clase|\
    la clase del|su clase|mi sesion|la sesion del|la del|el del|las del|los del|lo del|\
    mi reservacion|la cita que|el turno que|la hora que";

/// Phrases that put one thing in place of another.
pub(super) const REPLACES: Phrases = "mas bien|en vez|en lugar|cambiar|cambiarla|cambiarlo|\
    cambiame|cambiamela|cambia|cambio|mejor|prefiero|preferiria|por otro|por otra";

/// Phrases that ask for one more.
pub(super) const ANOTHER: Phrases = "lo mismo otra vez|otra vez lo mismo|otra cita|otro turno|\
    otra hora para|otra clase|otra sesion|otra mas|otro mas|otra igual|otro igual|dame otra|\
    dame otro|deme otra|deme otro|me das otra|me das otro|me da otra|me da otro|ponme otra|\
    ponme otro|pongame otra|pongame otro|reservame otra|reservame otro|agendame otra|agendame otro|\
    apuntame otra|apuntame otro|anotame otra|anotame otro|y otra el|y otro el|otra para|otro para|\
    otra de|otro de|tambien otra|tambien otro|una mas|uno mas|ademas de la|ademas del|aparte de la|\
    aparte del|aparte de mi|una adicional|quiero otra|quiero otro";

/// Phrases that mean all of several.
pub(super) const ALL: Phrases = "los dos|las dos|ambos|ambas|todas|todos|las dos clases|las 2|\
    los 2|las tres|cada una|cada uno|todas mis|mis dos|mis 2";

/// Phrases that put one visit after another.
pub(super) const IN_TURN: Phrases = "a continuacion|al terminar|en cuanto acabe|en cuanto termine|\
    cuando acabe|cuando termine|seguiditas|seguiditos|seguidita|una despues de la otra|\
    uno despues del otro|una tras otra|uno tras otro|seguidos|seguidas|seguidito|luego luego|\
    uno detras de otro|una detras de otra|despues del mio|despues de la mia|despues de mi";

/// Phrases that limit a request to one thing.
pub(super) const ONLY: Phrases = "solo|solamente|unicamente|nada mas|mejor|en vez|en lugar";

/// Phrases for the customer's appointment after a length of time: "an hour after *mine*".
pub(super) const BOOKED: Phrases = "la que tengo|lo que tengo|el que tengo|la que tenia|\
    lo que tenia|lo que reserve|la que reserve|el que reserve|lo que agende|la que agende|mi cita|\
    mi turno|mi hora|mi reserva|la mia|el mio|lo mio|lo reservado|lo agendado|lo previsto|\
    lo planeado|la reservada|la agendada";

/// Phrases that say that somebody cannot.
pub(super) const CANNOT: Phrases = "no puedo|no podre|no podremos|no podemos|no puede|no podra|\
    no voy a poder|no vamos a poder|no va a poder|no van a poder|no voy a|no vamos a|no alcanzo a|\
    no alcanzamos a|no creo que pueda|no creo que podamos|no creo poder|no pude|no pudimos|\
    me va a ser imposible|me es imposible|me sera imposible";

/// Ways to come to an appointment.
pub(super) const COME: Phrases = "ir|venir|llegar|asistir|acudir|pasar|estar|llevarlo|llevarla|\
    llevarlos|llevarlas|llevar al|llevar a|traerlo|traerla|acercarme|acercarnos|ahi|alli";
