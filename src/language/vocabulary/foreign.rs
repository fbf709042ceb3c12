//! Words that tell a language which is not spoken here, and the names of languages.

use super::Phrases;
use crate::language::{DetectedLanguage, Language};

/// Common words of Portuguese, French, German, Italian and Catalan that are neither English nor
/// Spanish.
pub(in crate::language) const FOREIGN: Phrases = "oi|tudo|bem|queria marcar|gostaria|voce|voces|\
    obrigado|obrigada|amanha|sexta|terca|quarta|quinta|segunda-feira|feira|sabado de|quanto custa|\
    cabelo|tem|uma|um|nao|ate|boa|noite|horario na|qual|valor|atendem|marcar|agendamento|preciso|\
    quero marcar|hoje|voce tem|para amanha|posso|meu|minha|fazer|bom|dia quero|sexta-feira|tambem|\
    muito|com|ola gostaria|pra|bonjour|bonsoir|salut|je|voudrais|vous|avez|etes|nous|prendre|\
    rendez|rdv|demain|apres|midi|samedi|vendredi|jeudi|mercredi|mardi|lundi|dimanche|aujourdhui|\
    pour|une|coupe|merci|quel|quelle|combien|ouvert|ouverts|est|sil|vous plait|plait|avec|dans|\
    cest|quelle heure|puis|peux|guten|tag|morgen|ich|hatte|mochte|gern|gerne|haben|sie|einen|eine|\
    ein|termin|freitag|samstag|montag|dienstag|mittwoch|donnerstag|sonntag|bitte|danke|wie|viel|\
    kostet|noch|frei|fur|und|nicht|wann|uhr|kann|haarschnitt|vereinbaren|brauche|heute|ist|auf|mit|\
    buongiorno|buonasera|ciao|vorrei|prenotare|appuntamento|taglio|domani|pomeriggio|avete|posto|\
    venerdi|lunedi|martedi|mercoledi|giovedi|domenica|quanto costa|costa|grazie|oggi|sono|siete|\
    aperti|che ora|quando|per favore|della|per|eu|pode|vaga|seria possivel|ik|wil|graag|een|\
    afspraak|voor|hebben|jullie|zaterdag|muss|geht|meinen|absagen|peut|possible a|est-ce|annuler|\
    mon|moi|spostare|alle|sabato|bon|voldria|demanar|dema|hora per|gracies|dilluns|dimarts|\
    dimecres|dijous|divendres|dissabte|diumenge|avui|tens|amb|aquesta|si us plau";

/// The names of languages, in each other.
pub(in crate::language) const LANGUAGES: &[(DetectedLanguage, Phrases)] = &[
    (
        DetectedLanguage::In(Language::English),
        "english|ingles|inglish|englsh",
    ),
    (
        DetectedLanguage::In(Language::Spanish),
        "spanish|espanol|castellano|spanisch|espanhol|espagnol",
    ),
    (
        DetectedLanguage::Other,
        "french|frances|portuguese|portugues|german|aleman|italian|italiano|chinese|chino|\
         mandarin|russian|ruso|arabic|arabe|catalan|francais|deutsch|polish|polaco|ukrainian|\
         hindi|japanese|japones|korean|coreano|creole|turkish",
    ),
];
