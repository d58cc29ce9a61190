//! Translates the dates of French, German, Spanish, Italian, Dutch and Portuguese reports, using a fixed list of words.

/// English words, each with its translations without accents. No translation is listed for two English words, so a word
/// can be translated even if the language of the wording is unknown.
const WORDS: [(&str, &str); 45] = [
    ("january", "januar janner janvier enero gennaio januari janeiro janv ene genn"),
    ("february", "februar fevrier febrero febbraio februari fevereiro fev fevr febr"),
    ("march", "marz maerz mars marzo maart marco mrz mrt"),
    ("april", "avril abril aprile avr abr"),
    ("may", "mai mayo maggio mei maio"),
    ("june", "juni juin junio giugno junho giu"),
    ("july", "juli juillet julio luglio julho juil lug"),
    ("august", "aout agosto augustus"),
    ("september", "septembre septiembre setiembre settembre setembro sett"),
    ("october", "oktober octobre octubre ottobre outubro okt ott"),
    ("november", "novembre noviembre novembro"),
    ("december", "dezember decembre diciembre dicembre dezembro dez dic"),
    ("spring", "fruhjahr fruehjahr fruhling printemps primavera voorjaar lente"),
    ("summer", "sommer ete verano zomer verao"),
    ("autumn", "herbst automne otono autunno herfst najaar outono"),
    ("winter", "hiver invierno inverno"),
    ("quarter", "quartal quartals trimestre kwartaal"),
    ("half", "halbjahr halbjahres semestre halfjaar helft"),
    ("first", "premier premiere erstes erste erster ersten primer primero primo eerste primeiro"),
    ("second", "deuxieme seconde zweites zweite zweiten segundo secondo tweede"),
    ("third", "troisieme drittes dritte dritten tercer tercero terzo derde terceiro"),
    ("fourth", "quatrieme viertes vierte vierten cuarto quarto vierde"),
    ("end", "ende fin finales fine eind einde fim finals"),
    (
        "by",
        "bis entro ici para hasta spatestens spaetestens uiterlijk tegen ate pour zum plus tard tardar",
    ),
    ("early", "anfang debut principios inicios comienzos inizio inizi inicio"),
    ("mid", "mitte mi mediados meta medio midden meados"),
    ("before", "vor avant antes prima voor"),
    ("from", "ab desde vanaf seit depuis dal partir"),
    (
        "of",
        "du des del della dello di da dos d van von vom der den dem la le les l el il het im au aux al alla em",
    ),
    ("of", "de en"),
    ("within", "innerhalb binnen dans sous dentro"),
    ("year", "annee jaar"),
    ("days", "tag tage tagen jour jours dia dias giorno giorni dag dagen"),
    ("weeks", "woche wochen semaine semaines semana semanas settimana settimane weken"),
    ("months", "monat monate monaten mois mes meses mese mesi maand maanden"),
    ("years", "jahr jahre jahren ans annees ano anos anno anni jaren"),
    (
        "ongoing",
        "laufend fortlaufend dauerhaft daueraufgabe kontinuierlich continu permanente continuo doorlopend",
    ),
    ("ongoing", "lopend cours corso curso"),
    (
        "immediately",
        "sofort umgehend unverzuglich immediatement immediat inmediato inmediatamente immediato",
    ),
    ("immediately", "immediatamente onmiddellijk imediato imediatamente"),
    (
        "completed",
        "erledigt abgeschlossen umgesetzt acheve completado terminado completato afgerond",
    ),
    ("completed", "voltooid concluido realise"),
    ("tba", "offen determiner definire"),
    ("fiscal", "geschaftsjahr boekjaar"),
    ("until", "jusque"),
];

/// Returns the English word for a foreign word; `None` if the list does not have the foreign word. The foreign word
/// must be in lower case without accents.
pub fn in_english(word: &str) -> Option<&'static str> {
    let is_among = |(_, words): &&(&str, &str)| words.split(' ').any(|known| known == word);
    WORDS.iter().find(is_among).map(|(english, _)| *english)
}

/// Returns the letter in lower case without its accent, or nothing for a combining accent.
pub fn plain(letter: char) -> impl Iterator<Item = char> {
    let is_mark = matches!(letter, '\u{300}'..='\u{36f}');
    letter.to_lowercase().filter(move |_| !is_mark).map(|letter| match letter {
        'à'..='å' => 'a',
        'ç' => 'c',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ñ' => 'n',
        'ò'..='ö' => 'o',
        'ù'..='ü' => 'u',
        letter => letter,
    })
}
