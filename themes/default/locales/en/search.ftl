### Search: English.

search-label = Search
# Shown when the pointer rests on the field.
search-keys = Search (/ or Ctrl+K)
search-results-label = Search results
search-loading = Searching…
search-error = Search is not available right now. Here are the sections instead.
search-count = { $count ->
    [one] { $count } guide found
   *[other] { $count } guides found
}
# $query: what the reader wrote
search-none = Nothing found for “{ $query }”.
search-partial = None has all the words.
search-near = Did you mean
search-recent = Recent searches
search-forget = Clear recent searches
search-more = More results
# Followed by buttons with the names of the other languages.
search-also = Also in
search-sections = Browse the sections
search-slash = The / key opens search
search-all = All guides
