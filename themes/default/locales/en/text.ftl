## What the text itself says: notes, footnotes, tables.
important-label = Important
caution-label = Take care
footnote-label = Footnote { $number }
footnote-back = Back to the text, footnote { $number }
footnotes-title = Footnotes
table-scroll-label = Table
translation-stale-section = The original of this section has changed since it was translated
