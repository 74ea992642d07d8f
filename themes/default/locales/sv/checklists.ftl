### Hur långt du har kommit
# Bredvid en guide, en avdelning, en lärväg: ”2 av 7”.
progress-of = { $done } av { $total }
checklist-progress-label = Klart hittills

## En lista
checklist-undo = Ångra
checklist-cleared = Bockarna i den här listan är borttagna. Du kan ångra.
checklist-cleared-all = Alla bockar är borttagna. Du kan ångra.
checklist-changed = Omskriven sedan du bockade av den. Stämmer den fortfarande? Ta bort bocken och bocka av igen.
checklist-applied = { $count ->
    [one] { $count } ändring är gjord. Du kan ångra den.
   *[other] { $count } ändringar är gjorda. Du kan ångra dem.
}
answer-label = Ditt svar

## Länkar med bockar
share-button = Kopiera länk med bockar
share-copied = Länken är kopierad. Den innehåller dina bockar men inte dina svar.
share-copy-failed = Länken gick inte att kopiera. Den är markerad här: kopiera den själv.
share-link-label = Länk med dina bockar
share-too-long = Bockarna är för många för en länk. Spara dem i en fil i stället.
share-offer = { $count ->
    [one] I den här länken är { $count } av { $total } punkter avbockad. Vill du bocka av den här också?
   *[other] I den här länken är { $count } av { $total } punkter avbockade. Vill du bocka av dem här också?
}
share-invalid = Länken passar inte checklistorna på den här sidan. Ingenting har ändrats.
# De två svaren på share-offer och import-offer.
share-apply = Ja, lägg till
share-ignore = Nej, låt bli

## Filer
import-offer = { $count ->
    [one] Filen har { $count } bock eller svar som är nyare än det du har. Vill du lägga till det?
   *[other] Filen har { $count } bockar och svar som är nyare än dina. Vill du lägga till dem?
}
import-nothing-new = Allt i filen finns redan här.

## Min plan
plan-filter-label = Visa
plan-filter-all = Alla
plan-filter-open = Kvar att göra
plan-filter-done = Klara
plan-shown = { $count ->
    [0] Inga punkter visas
    [one] { $count } punkt visas
   *[other] { $count } punkter visas
}
plan-empty = Här är det tomt. Välj en annan vy för att se de övriga punkterna.
plan-markdown = Spara som text (Markdown)
plan-delete = Radera allt som sparats här
plan-deleted = Allt som webbplatsen hade sparat i webbläsaren är raderat. Du kan ångra tills du lämnar sidan.
plan-private = Bockar och svar stannar i den här webbläsaren. Ingenting skickas någonstans.
storage-note = Webbläsare rensar ibland det som webbplatser har sparat, Safari redan efter sju dagar utan besök. Spara en fil med det du vill vara säker på att ha kvar.

## Kod
copy-code = Kopiera koden
copy-code-done = Koden är kopierad
