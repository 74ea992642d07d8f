### som { $shown } i translation-missing-body och translation-missing-badge, som { $source } i translation-stale-body och translation-see-original.
language-name-en = engelska
language-name-sv = svenska
language-name-fa = persiska
language-own-en = English
language-own-sv = Svenska
language-own-fa = فارسی

## Navigering
skip-to-content = Hoppa till innehållet
nav-main-label = Huvudmeny
nav-guides = Guider
nav-paths = Lärvägar
breadcrumbs-label = Du är här
toc-label = Innehållsförteckning
toc-title = På den här sidan
page-previous = Föregående
page-next = Nästa
pager-label = Föregående och nästa guide
back-to-top = Till sidans början
related-title = Läs vidare
heading-link = Länk till avsnittet ”{ $heading }”
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
copy-link-done = Länken är kopierad
copy-link-failed = Det gick inte att kopiera länken. Markera den och kopiera den själv.
note-label = Obs!
tip-label = Tips
warning-label = Varning
show-more = Visa mer
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
checklist-complete = Alla punkter är klara
checklist-not-saved = Webbläsaren låter inte webbplatsen spara något. Bockarna försvinner när du stänger sidan.
checklist-needs-script = Utan JavaScript kan du skriva ut listan och bocka av den på papper.
checklist-reset = Återställ checklistan
checklist-reset-all = Återställ alla checklistor
progress-export = Spara läget i en fil
progress-export-done = Läget sparades i { $filename }
progress-import = Läs in läget från en fil
progress-import-invalid = Filen gick inte att läsa. Välj en fil som har sparats på den här webbplatsen.
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