### جست‌وجو: فارسی.

search-label = جست‌وجو
# وقتی نشانگر روی کادر بماند.
search-keys = جست‌وجو (کلید / یا Ctrl+K)
search-results-label = نتیجه‌های جست‌وجو
search-loading = در حال جست‌وجو…
search-error = جست‌وجو اکنون کار نمی‌کند. به جای آن بخش‌ها را ببینید.
search-count = { $count ->
    [0] راهنمایی پیدا نشد
    [one] { $count } راهنما پیدا شد
   *[other] { $count } راهنما پیدا شد
}
# $query: آنچه خواننده نوشته است
search-none = برای «{ $query }» چیزی پیدا نشد.
search-partial = هیچ‌کدام همهٔ واژه‌ها را ندارد.
search-near = شاید منظورتان این باشد
search-recent = جست‌وجوهای اخیر
search-forget = پاک کردن جست‌وجوهای اخیر
search-more = نتیجه‌های بیشتر
# پس از آن دکمه‌هایی با نام زبان‌های دیگر می‌آید.
search-also = جست‌وجو به زبان
search-sections = مرور بخش‌ها
search-slash = کلید / جست‌وجو را باز کند
search-all = همهٔ راهنماها
