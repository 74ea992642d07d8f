### Progress
# Beside a guide, a section, a path: "2 of 7".
progress-of = { $done } of { $total }
checklist-progress-label = Progress

## A list
checklist-undo = Undo
checklist-cleared = The ticks in this list are cleared. You can undo this.
checklist-cleared-all = All ticks cleared. You can undo this.
checklist-changed = Rewritten since you ticked it. If it still holds, untick it and tick it again.
checklist-applied = { $count ->
    [one] { $count } change made. You can undo it.
   *[other] { $count } changes made. You can undo them.
}
answer-label = Your answer

## Links with ticks
share-button = Copy link with ticks
share-copied = Link copied. It holds your ticks, but not your answers.
share-copy-failed = The link could not be copied. It is selected here: copy it by hand.
share-link-label = Link with your ticks
share-too-long = There are too many ticks for a link. Save them in a file instead.
share-offer = This link has { $count } of { $total } items ticked. Do you want the same ticks here?
share-invalid = This link does not fit the checklists on this page. Nothing has changed.
# The two answers to share-offer and import-offer.
share-apply = Yes, add them
share-ignore = No, leave it

## Files
import-offer = { $count ->
    [one] The file brings { $count } tick or answer that is newer than yours. Do you want to add it?
   *[other] The file brings { $count } ticks and answers that are newer than yours. Do you want to add them?
}
import-nothing-new = Everything in the file is here already.

## My plan
plan-filter-label = Show
plan-filter-all = All
plan-filter-open = To do
plan-filter-done = Done
plan-shown = { $count ->
    [0] No items shown
    [one] { $count } item shown
   *[other] { $count } items shown
}
plan-empty = Nothing here. Choose another view to see the other items.
plan-markdown = Save as text (Markdown)
plan-delete = Delete everything saved here
plan-deleted = Everything that this site had saved in this browser is deleted. You can undo this until you leave the page.
plan-private = Ticks and answers stay in this browser. Nothing is sent anywhere.
storage-note = Browsers sometimes clear what sites have saved; Safari does so after seven days without a visit. Keep a file of anything you want to be sure of.

## Code
copy-code = Copy code
copy-code-done = Code copied
