### با نام shown در translation-missing-body و translation-missing-badge؛ با نام source در translation-stale-body و translation-see-original.
language-name-en = انگلیسی
language-name-sv = سوئدی
language-name-fa = فارسی
language-own-en = English
language-own-sv = Svenska
language-own-fa = فارسی

## پیمایش
skip-to-content = پرش به محتوا
nav-main-label = منوی اصلی
nav-guides = راهنماها
nav-paths = مسیرهای یادگیری
breadcrumbs-label = شما اینجا هستید
toc-label = فهرست مطالب
toc-title = در این صفحه
page-previous = قبلی
page-next = بعدی
pager-label = راهنمای قبلی و بعدی
back-to-top = بازگشت به بالا
related-title = در ادامه بخوانید
heading-link = پیوند به بخش «{ $heading }»
## انتخاب زبان
language-switcher-label = زبان
language-current = زبان کنونی: { $language }
language-read-in = خواندن این صفحه به { $language }
language-missing = نسخهٔ { $language } هنوز آماده نیست

## وضعیت ترجمه
translation-missing-title = هنوز ترجمه نشده است
translation-missing-body = این صفحه هنوز به { $language } ترجمه نشده است. متن { $shown } آن را می‌خوانید.
translation-missing-badge = فقط به { $shown }
translation-stale-title = شاید ترجمه به‌روز نباشد
translation-stale-body = متن اصلی ({ $source }) در { $date } به‌روز شده است. آن تغییرها هنوز به این ترجمه نرسیده است.
translation-see-original = خواندن متن اصلی به { $source }
translation-help = به ترجمهٔ این صفحه کمک کنید

## اطلاعات صفحه
last-updated = آخرین به‌روزرسانی: { $date }
reading-time = { $minutes ->
    [0] زمان مطالعه: کمتر از یک دقیقه
    [one] زمان مطالعه: { $minutes } دقیقه
   *[other] زمان مطالعه: { $minutes } دقیقه
}
tags-title = برچسب‌ها
tag-heading = راهنماهای دارای برچسب «{ $tag }»
guide-count = { $count ->
    [0] هنوز هیچ راهنمایی نیست
    [one] { $count } راهنما
   *[other] { $count } راهنما
}
edit-page = پیشنهاد تغییر در این صفحه
report-problem = گزارش مشکل
licence = مجوز
print = چاپ
copy-link-done = پیوند کپی شد
copy-link-failed = پیوند کپی نشد. خودتان آن را انتخاب و کپی کنید.
note-label = توجه
tip-label = نکته
warning-label = هشدار
show-more = نمایش بیشتر
## پوسته
theme-label = ظاهر
theme-light = روشن
theme-dark = تیره
theme-auto = هماهنگ با دستگاه

## چک‌لیست‌ها
checklist-title = چک‌لیست
checklist-progress = { $total ->
    [0] بدون مورد
    [one] { $done } از { $total } مورد انجام شده است
   *[other] { $done } از { $total } مورد انجام شده است
}
checklist-complete = همهٔ موارد انجام شده است
checklist-not-saved = مرورگر شما به این سایت اجازهٔ ذخیره نمی‌دهد. با بستن صفحه، علامت‌ها از بین می‌رود.
checklist-needs-script = بدون جاوااسکریپت می‌توانید چک‌لیست را چاپ کنید و روی کاغذ علامت بزنید.
checklist-reset = پاک کردن علامت‌ها
checklist-reset-all = پاک کردن علامت‌های همهٔ چک‌لیست‌ها
progress-export = ذخیره در فایل
progress-export-done = پیشرفت در { $filename } ذخیره شد
progress-import = بازیابی پیشرفت از فایل
progress-import-invalid = فایل خوانده نشد. فایلی را انتخاب کنید که از همین سایت ذخیره شده باشد.
## واژه‌نامه
glossary-filter = فیلتر کردن واژه‌ها
glossary-term-count = { $count ->
    [0] واژه‌ای پیدا نشد
    [one] { $count } واژه
   *[other] { $count } واژه
}
glossary-also = نام‌های دیگر
glossary-in-languages = به زبان‌های دیگر
glossary-used-in = در این صفحه‌ها آمده است
glossary-in-guide = واژه‌های این راهنما

## مسیرهای یادگیری
path-duration = { $minutes ->
    [0] در مجموع کمتر از یک دقیقه
    [one] در مجموع حدود { $minutes } دقیقه
   *[other] در مجموع حدود { $minutes } دقیقه
}
path-guides = { $count ->
    [0] بدون راهنما
    [one] { $count } راهنما
   *[other] { $count } راهنما
}
path-position = گام { $step } از { $total }
path-start = شروع مسیر
path-continue = ادامه از جایی که بودید
path-next = گام بعدی در مسیر
path-result = در پایان چه خواهید داشت

## ۴۰۴
not-found-title = صفحه پیدا نشد
not-found-body = این صفحه وجود ندارد یا جابه‌جا شده است. شاید اشتباه از ما باشد، شاید هم پیوند قدیمی باشد.
not-found-home = رفتن به صفحهٔ اصلی