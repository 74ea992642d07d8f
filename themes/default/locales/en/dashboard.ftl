### The dashboard of authors and translators at /_rahnama/. Readers never see it.
dashboard-title = Dashboard for authors
dashboard-intro = What is translated, what has changed since, and what needs attention. This page follows every change.
dashboard-back = To the site
dashboard-languages = This page in
dashboard-contents = On this page
dashboard-nothing = Nothing here.
dashboard-more = { $count ->
    [one] And { $count } more.
   *[other] And { $count } more.
}

## Coverage
dashboard-coverage = Coverage
dashboard-language = Language
dashboard-covered = Covered
dashboard-covered-value = { $part } of { $whole } ({ $percent })
dashboard-original = Original
dashboard-current = Current
dashboard-stale = Changed since
dashboard-unfinished = Unfinished
dashboard-unrecorded = Unrecorded
dashboard-draft = Draft
dashboard-missing = Missing
dashboard-orphaned = Orphaned

## Pages by language
dashboard-pages = Pages by language
dashboard-page = Page
dashboard-pages-done = { $count ->
    [one] { $count } page is complete in every language
   *[other] { $count } pages are complete in every language
}

## What has changed in originals
dashboard-drift = Changed since translated
dashboard-what = What
dashboard-blocks-changed = { $count } changed
dashboard-blocks-added = { $count } added
dashboard-blocks-removed = { $count } removed
dashboard-blocks-moved = { $count } moved
dashboard-structure = Headings, anchors or checklist ids
dashboard-translation = Translation
dashboard-places = Places in the original

## Problems
dashboard-problems = Problems
dashboard-level = Kind
dashboard-level-error = Error
dashboard-level-warning = Warning
dashboard-level-info = Note
dashboard-message = Message
dashboard-place = Place
dashboard-strings = Strings

## Reviews
dashboard-reviews = Reviews
dashboard-review-by = Review by
dashboard-review-passed = The day has passed
dashboard-review-waits = In good time
