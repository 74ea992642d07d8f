## Vad texten själv säger: rutor, fotnoter, tabeller.
important-label = Viktigt
caution-label = Var försiktig
footnote-label = Fotnot { $number }
footnote-back = Tillbaka till texten, fotnot { $number }
footnotes-title = Fotnoter
table-scroll-label = Tabell
translation-stale-section = Originalet till det här avsnittet har ändrats sedan det översattes
