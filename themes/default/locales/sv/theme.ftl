### Meny
menu = Meny
menu-more = Mer
nav-quick = Genvägar
close = Stäng
feed = Följ via flöde (Atom)

## Erbjuder sidan på läsarens eget språk. Visas alltid på det språket.
language-suggest = Den här sidan finns på svenska.
language-suggest-dismiss = Nej tack

## Sidinformation
published = Publicerad { $date }
minutes-short = { $minutes } min
translation-stale-body-undated = Originalet på { $source } har uppdaterats. Ändringarna är ännu inte införda i översättningen.

## Lärvägar
path-print = Skriv ut hela lärvägen
path-back = Tillbaka till lärvägen

## Ordlista
term-in-glossary = Se i ordlistan
glossary-letters = Bokstäver

## Min plan
plan-more = Spara, dela och läs in
plan-sections = Planens delar
