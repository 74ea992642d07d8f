### Gränssnittstexter: svenska. Raka satser, du-tilltal, ”…” på båda sidor, versal bara i första ordet.

## Språknamn: gemener, eftersom de används inne i meningar och alltid efter ”på”, ”till” eller kolon (”på engelska”, ”till persiska”).
## Som { $language } i language-current, language-read-in, language-missing, translation-missing-body,
## som { $shown } i translation-missing-body och translation-missing-badge, som { $source } i translation-stale-body och translation-see-original.
language-name-en = engelska
language-name-sv = svenska
language-name-fa = persiska
language-own-en = English
language-own-sv = Svenska
language-own-fa = فارسی

## Navigering
skip-to-content = Hoppa till innehållet
skip-to-search = Hoppa till sökningen
nav-main-label = Huvudmeny
nav-open = Öppna menyn
nav-close = Stäng menyn
nav-home = Start
nav-guides = Guider
nav-checklists = Checklistor
nav-paths = Lärvägar
nav-glossary = Ordlista
nav-tags = Taggar
nav-about = Om webbplatsen
breadcrumbs-label = Du är här
toc-label = Innehållsförteckning
toc-title = På den här sidan
page-previous = Föregående
page-next = Nästa
page-previous-title = Föregående: { $title }
page-next-title = Nästa: { $title }
pager-label = Föregående och nästa guide
back-to-top = Till sidans början
related-title = Läs vidare
in-this-section = I det här avsnittet
heading-link = Länk till avsnittet ”{ $heading }”
opens-new-tab = (öppnas i en ny flik)

## Språkväljare
language-switcher-label = Språk
language-current = Valt språk: { $language }
language-read-in = Läs sidan på { $language }
language-missing = Finns ännu inte på { $language }

## Översättningens status
translation-missing-title = Ännu inte översatt
translation-missing-body = Sidan är ännu inte översatt till { $language }. Här läser du den på { $shown }.
translation-missing-badge = Bara på { $shown }
translation-stale-title = Översättningen kan vara inaktuell
translation-stale-body = Originalet på { $source } uppdaterades den { $date }. Ändringarna är ännu inte införda i översättningen.
translation-stale-badge = Kan vara inaktuell
translation-see-original = Läs originalet på { $source }
translation-help = Hjälp till att översätta sidan

## Sidinformation
last-updated = Senast uppdaterad { $date }
reading-time = { $minutes ->
    [0] Lästid: mindre än en minut
    [one] Lästid: { $minutes } minut
   *[other] Lästid: { $minutes } minuter
}
tags-title = Taggar
tag-heading = Guider med taggen ”{ $tag }”
guide-count = { $count ->
    [0] Inga guider
    [one] { $count } guide
   *[other] { $count } guider
}
edit-page = Föreslå en ändring på sidan
report-problem = Rapportera ett fel
licence = Licens
print = Skriv ut
copy-link = Kopiera länk
copy-link-done = Länken är kopierad
copy-link-failed = Det gick inte att kopiera länken. Markera den och kopiera den själv.
figure-label = Figur { $number }
table-label = Tabell { $number }
note-label = Obs!
tip-label = Tips
warning-label = Varning
example-label = Exempel
show-more = Visa mer
show-less = Visa mindre

## Tema
theme-label = Utseende
theme-light = Ljust
theme-dark = Mörkt
theme-auto = Följer enheten

## Checklistor
checklist-title = Checklista
checklist-progress = { $total ->
    [0] Inga punkter
    [one] { $done } av { $total } punkt klar
   *[other] { $done } av { $total } punkter klara
}
checklist-remaining = { $count ->
    [0] Inget kvar
    [one] { $count } punkt kvar
   *[other] { $count } punkter kvar
}
checklist-complete = Alla punkter är klara
checklist-progress-overall = { $lists ->
    [0] Inga checklistor
    [one] { $percent } av { $lists } checklista klart
   *[other] { $percent } av { $lists } checklistor klart
}
checklist-saved-here = Det du bockar av sparas bara i den här webbläsaren.
checklist-not-saved = Webbläsaren låter inte webbplatsen spara något. Bockarna försvinner när du stänger sidan.
checklist-needs-script = Utan JavaScript kan du skriva ut listan och bocka av den på papper.
checklist-item-link = Länk till den här punkten
checklist-item-only-original = Punkten är ännu inte översatt
checklist-reset = Återställ checklistan
checklist-reset-confirm = { $count ->
    [0] Det finns inga bockar att ta bort i checklistan.
    [one] Vill du ta bort { $count } bock i checklistan? Det går inte att ångra.
   *[other] Vill du ta bort { $count } bockar i checklistan? Det går inte att ångra.
}
checklist-reset-done = Checklistan är återställd
checklist-reset-all = Återställ alla checklistor
checklist-print = Skriv ut checklistan
progress-export = Spara läget i en fil
progress-export-done = Läget sparades i { $filename }
progress-import = Läs in läget från en fil
progress-import-choose = Välj en fil med ett sparat läge
progress-import-merge = Behåll dina bockar och lägg till filens
progress-import-replace = Ersätt dina bockar med filens
progress-import-done = { $count ->
    [0] Filen innehöll inga bockar
    [one] { $count } bock lästes in
   *[other] { $count } bockar lästes in
}
progress-import-skipped = { $count ->
    [0] Alla punkter i filen är kända
    [one] { $count } okänd punkt behölls men visas inte
   *[other] { $count } okända punkter behölls men visas inte
}
progress-import-invalid = Filen gick inte att läsa. Välj en fil som har sparats på den här webbplatsen.
cancel = Avbryt
confirm = Ja, fortsätt

## Ordlista
glossary-filter = Filtrera termer
glossary-term-count = { $count ->
    [0] Inga termer hittades
    [one] { $count } term
   *[other] { $count } termer
}
glossary-also = Kallas även
glossary-in-languages = På andra språk
glossary-used-in = Används i
glossary-in-guide = Termer i guiden

## Lärvägar
path-duration = { $minutes ->
    [0] Sammanlagt mindre än en minut
    [one] Sammanlagt ungefär { $minutes } minut
   *[other] Sammanlagt ungefär { $minutes } minuter
}
path-guides = { $count ->
    [0] Inga guider
    [one] { $count } guide
   *[other] { $count } guider
}
path-position = Steg { $step } av { $total }
path-start = Börja lärvägen
path-continue = Fortsätt där du slutade
path-next = Nästa i lärvägen
path-result = Det här har du när du är klar

## 404
not-found-title = Sidan hittades inte
not-found-body = Sidan finns inte eller har flyttats. Felet är vårt, eller så är länken gammal.
not-found-home = Gå till startsidan
not-found-search = Sök på webbplatsen
