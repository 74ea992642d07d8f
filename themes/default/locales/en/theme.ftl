### Menu
menu = Menu
menu-more = More
nav-quick = Shortcuts
close = Close
feed = Follow by feed (Atom)

## Offering the page in the reader's own language. Always shown in that language.
language-suggest = This page is available in English.
language-suggest-dismiss = No thanks

## Page information
published = Published { $date }
minutes-short = { $minutes } min
translation-stale-body-undated = The { $source } original has been updated. This translation does not have those changes yet.

## Learning paths
path-print = Print the whole path
path-back = Back to the path

## Glossary
term-in-glossary = See it in the glossary
glossary-letters = Letters

## My plan
plan-more = Save, share and load
plan-sections = Parts of the plan
