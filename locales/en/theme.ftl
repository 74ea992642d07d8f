### as { $shown } in translation-missing-body and translation-missing-badge, as { $source } in translation-stale-body and translation-see-original.
language-name-en = English
language-name-sv = Swedish
language-name-fa = Persian
# The switcher always shows a language's own name, identical in all three files.
language-own-en = English
language-own-sv = Svenska
language-own-fa = فارسی

## Navigation
skip-to-content = Skip to content
nav-main-label = Main menu
nav-guides = Guides
nav-paths = Learning paths
breadcrumbs-label = You are here
toc-label = Table of contents
toc-title = On this page
page-previous = Previous
page-next = Next
pager-label = Previous and next guide
back-to-top = Back to top
related-title = Read next
heading-link = Link to the section “{ $heading }”
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
copy-link-done = Link copied
copy-link-failed = The link could not be copied. Select it and copy it by hand.
note-label = Note
tip-label = Tip
warning-label = Warning
show-more = Show more
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
checklist-complete = All items done
checklist-not-saved = Your browser does not let this site save anything. Your ticks will disappear when you close the page.
checklist-needs-script = Without JavaScript you can print the list and tick the items on paper.
checklist-reset = Reset checklist
checklist-reset-all = Reset all checklists
progress-export = Save progress in a file
progress-export-done = Progress saved in { $filename }
progress-import = Load progress from a file
progress-import-invalid = The file could not be read. Choose a file that was saved from this site.
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