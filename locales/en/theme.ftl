### UI strings: English (reference). Curly quotes; sentence case; no full stop in labels and buttons.

## Names of languages. Used inside sentences: as { $language } in language-current, language-read-in, language-missing, translation-missing-body,
## as { $shown } in translation-missing-body and translation-missing-badge, as { $source } in translation-stale-body and translation-see-original.
language-name-en = English
language-name-sv = Swedish
language-name-fa = Persian
# The switcher always shows a language's own name, identical in all three files.
language-own-en = English
language-own-sv = Svenska
language-own-fa = فارسی

## Navigation
skip-to-content = Skip to content
skip-to-search = Skip to search
nav-main-label = Main menu
nav-open = Open menu
nav-close = Close menu
nav-home = Home
nav-guides = Guides
nav-checklists = Checklists
nav-paths = Learning paths
nav-glossary = Glossary
nav-tags = Tags
nav-about = About this site
breadcrumbs-label = You are here
toc-label = Table of contents
toc-title = On this page
page-previous = Previous
page-next = Next
page-previous-title = Previous: { $title }
page-next-title = Next: { $title }
pager-label = Previous and next guide
back-to-top = Back to top
related-title = Read next
in-this-section = In this section
heading-link = Link to the section “{ $heading }”
opens-new-tab = (opens in a new tab)

## Language switcher
language-switcher-label = Language
language-current = Current language: { $language }
language-read-in = Read this page in { $language }
language-missing = Not yet in { $language }

## Translation status
translation-missing-title = Not yet translated
translation-missing-body = This page has not been translated into { $language } yet. You are reading it in { $shown }.
translation-missing-badge = In { $shown } only
translation-stale-title = Translation may be outdated
translation-stale-body = The { $source } original was updated on { $date }. This translation does not have those changes yet.
translation-stale-badge = May be outdated
translation-see-original = Read the original in { $source }
translation-help = Help translate this page

## Page information
last-updated = Last updated { $date }
reading-time = { $minutes ->
    [0] Reading time: less than a minute
    [one] Reading time: { $minutes } minute
   *[other] Reading time: { $minutes } minutes
}
tags-title = Tags
tag-heading = Guides tagged “{ $tag }”
guide-count = { $count ->
    [0] No guides
    [one] { $count } guide
   *[other] { $count } guides
}
edit-page = Suggest a change to this page
report-problem = Report a problem
licence = Licence
print = Print
copy-link = Copy link
copy-link-done = Link copied
copy-link-failed = The link could not be copied. Select it and copy it by hand.
figure-label = Figure { $number }
table-label = Table { $number }
note-label = Note
tip-label = Tip
warning-label = Warning
example-label = Example
show-more = Show more
show-less = Show less

## Theme
theme-label = Appearance
theme-light = Light
theme-dark = Dark
theme-auto = Match device

## Checklists
checklist-title = Checklist
checklist-progress = { $total ->
    [0] No items
    [one] { $done } of { $total } item done
   *[other] { $done } of { $total } items done
}
checklist-remaining = { $count ->
    [0] Nothing left
    [one] { $count } item left
   *[other] { $count } items left
}
checklist-complete = All items done
checklist-progress-overall = { $lists ->
    [0] No checklists
    [one] { $percent } of { $lists } checklist done
   *[other] { $percent } of { $lists } checklists done
}
checklist-saved-here = Your ticks are saved only in this browser.
checklist-not-saved = Your browser does not let this site save anything. Your ticks will disappear when you close the page.
checklist-needs-script = Without JavaScript you can print the list and tick the items on paper.
checklist-item-link = Link to this item
checklist-item-only-original = This item has not been translated yet
checklist-reset = Reset checklist
checklist-reset-confirm = { $count ->
    [0] There are no ticks to remove in this checklist.
    [one] Remove { $count } tick from this checklist? This cannot be undone.
   *[other] Remove { $count } ticks from this checklist? This cannot be undone.
}
checklist-reset-done = Checklist reset
checklist-reset-all = Reset all checklists
checklist-print = Print checklist
progress-export = Save progress in a file
progress-export-done = Progress saved in { $filename }
progress-import = Load progress from a file
progress-import-choose = Choose a file with saved progress
progress-import-merge = Add to the ticks you have
progress-import-replace = Replace the ticks you have
progress-import-done = { $count ->
    [0] The file contained no ticks
    [one] { $count } tick loaded
   *[other] { $count } ticks loaded
}
progress-import-skipped = { $count ->
    [0] All items in the file are known
    [one] { $count } unknown item was kept but is not shown
   *[other] { $count } unknown items were kept but are not shown
}
progress-import-invalid = The file could not be read. Choose a file that was saved from this site.
cancel = Cancel
confirm = Yes, continue

## Glossary
glossary-filter = Filter terms
glossary-term-count = { $count ->
    [0] No terms found
    [one] { $count } term
   *[other] { $count } terms
}
glossary-also = Also called
glossary-in-languages = In other languages
glossary-used-in = Used in
glossary-in-guide = Terms in this guide

## Learning paths
path-duration = { $minutes ->
    [0] Less than a minute in all
    [one] About { $minutes } minute in all
   *[other] About { $minutes } minutes in all
}
path-guides = { $count ->
    [0] No guides
    [one] { $count } guide
   *[other] { $count } guides
}
path-position = Step { $step } of { $total }
path-start = Start the path
path-continue = Continue where you left off
path-next = Next in the path
path-result = What you will have at the end

## 404
not-found-title = Page not found
not-found-body = This page does not exist or has moved. The mistake is ours, or the link is an old one.
not-found-home = Go to the home page
not-found-search = Search the site
