### Översikten för författare och översättare på /_rahnama/. Läsarna ser den aldrig.
dashboard-title = Översikt för författare
dashboard-intro = Vad som är översatt, vad som har ändrats sedan dess och vad som behöver ses över. Sidan följer varje ändring.
dashboard-back = Till webbplatsen
dashboard-languages = Den här sidan på
dashboard-contents = På den här sidan
dashboard-nothing = Inget här.
dashboard-more = { $count ->
    [one] Och { $count } till.
   *[other] Och { $count } till.
}

## Täckning
dashboard-coverage = Täckning
dashboard-language = Språk
dashboard-covered = Täckt
dashboard-covered-value = { $part } av { $whole } ({ $percent })
dashboard-original = Original
dashboard-current = Aktuell
dashboard-stale = Ändrad sedan dess
dashboard-unfinished = Ofärdig
dashboard-unrecorded = Inte registrerad
dashboard-draft = Utkast
dashboard-missing = Saknas
dashboard-orphaned = Övergiven

## Sidor per språk
dashboard-pages = Sidor per språk
dashboard-page = Sida
dashboard-pages-done = { $count ->
    [one] { $count } sida är klar på alla språk
   *[other] { $count } sidor är klara på alla språk
}

## Vad som har ändrats i originalen
dashboard-drift = Ändrat sedan översättningen
dashboard-what = Vad
dashboard-blocks-changed = { $count ->
    [one] { $count } ändrat
   *[other] { $count } ändrade
}
dashboard-blocks-added = { $count ->
    [one] { $count } nytt
   *[other] { $count } nya
}
dashboard-blocks-removed = { $count ->
    [one] { $count } borttaget
   *[other] { $count } borttagna
}
dashboard-blocks-moved = { $count ->
    [one] { $count } flyttat
   *[other] { $count } flyttade
}
dashboard-structure = Rubriker, ankare eller checklistors id
dashboard-translation = Översättning
dashboard-places = Ställen i originalet

## Problem
dashboard-problems = Problem
dashboard-level = Slag
dashboard-level-error = Fel
dashboard-level-warning = Varning
dashboard-level-info = Notering
dashboard-message = Meddelande
dashboard-place = Ställe
dashboard-strings = Texter i gränssnittet

## Granskning
dashboard-reviews = Granskning
dashboard-review-by = Granskas senast
dashboard-review-passed = Dagen har passerat
dashboard-review-waits = I god tid
