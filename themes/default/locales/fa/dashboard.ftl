### داشبورد نویسندگان و مترجمان در /_rahnama/. خوانندگان آن را نمی‌بینند.
dashboard-title = داشبورد نویسندگان
dashboard-intro = چه چیزی ترجمه شده، از آن پس چه تغییر کرده و چه چیزی به رسیدگی نیاز دارد. این صفحه با هر تغییر به‌روز می‌شود.
dashboard-back = رفتن به سایت
dashboard-languages = این صفحه به زبان
dashboard-contents = در این صفحه
dashboard-nothing = چیزی برای نشان دادن نیست.
dashboard-more = { $count ->
    [0] مورد دیگری نیست.
    [one] و { $count } مورد دیگر.
   *[other] و { $count } مورد دیگر.
}

## پوشش
dashboard-coverage = پوشش
dashboard-language = زبان
dashboard-covered = پوشش داده شده
dashboard-covered-value = { $part } از { $whole } ({ $percent })
dashboard-original = متن اصلی
dashboard-current = به‌روز
dashboard-stale = تغییرکرده پس از ترجمه
dashboard-unfinished = ناتمام
dashboard-unrecorded = ثبت‌نشده
dashboard-draft = پیش‌نویس
dashboard-missing = ترجمه‌نشده
dashboard-orphaned = رهاشده

## صفحه‌ها به تفکیک زبان
dashboard-pages = صفحه‌ها به تفکیک زبان
dashboard-page = صفحه
dashboard-pages-done = { $count ->
    [0] هیچ صفحه‌ای در همهٔ زبان‌ها کامل نیست
    [one] { $count } صفحه در همهٔ زبان‌ها کامل است
   *[other] { $count } صفحه در همهٔ زبان‌ها کامل است
}

## تغییر متن‌های اصلی
dashboard-drift = تغییرها پس از ترجمه
dashboard-what = چه چیزی
dashboard-blocks-changed = { $count } تغییرکرده
dashboard-blocks-added = { $count } افزوده
dashboard-blocks-removed = { $count } حذف‌شده
dashboard-blocks-moved = { $count } جابه‌جاشده
dashboard-structure = عنوان‌ها، لنگرها یا شناسه‌های چک‌لیست
dashboard-translation = ترجمه
dashboard-places = جاها در متن اصلی

## مشکل‌ها
dashboard-problems = مشکل‌ها
dashboard-level = نوع
dashboard-level-error = خطا
dashboard-level-warning = هشدار
dashboard-level-info = یادداشت
dashboard-message = پیام
dashboard-place = جا
dashboard-strings = متن‌های رابط

## بازبینی
dashboard-reviews = بازبینی
dashboard-review-by = بازبینی تا
dashboard-review-passed = تاریخ آن گذشته است
dashboard-review-waits = هنوز وقت هست
