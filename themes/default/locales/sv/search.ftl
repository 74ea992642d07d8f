### Sökning: svenska.

search-label = Sök
# Visas när pekaren vilar på fältet.
search-keys = Sök (/ eller Ctrl+K)
search-results-label = Sökresultat
search-loading = Söker …
search-error = Det går inte att söka just nu. Här är avdelningarna i stället.
search-count = { $count ->
    [one] { $count } guide hittades
   *[other] { $count } guider hittades
}
# $query: det läsaren skrev
search-none = Inga träffar på ”{ $query }”.
search-partial = Ingen av dem har alla orden.
search-near = Menade du
search-recent = Senaste sökningar
search-forget = Rensa senaste sökningar
search-more = Fler träffar
# Följs av knappar med namnen på de andra språken.
search-also = Sök även på
search-sections = Bläddra bland avdelningarna
search-slash = Tangenten / öppnar sökningen
search-all = Alla guider
