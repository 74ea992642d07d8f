### رشته‌های رابط کاربری: فارسی. خطاب «شما»، گیومهٔ «»، نیم‌فاصله، رقم‌های فارسی.

## نام زبان‌ها. در جمله پس از «به»، «زبان» یا اسمی با کسره می‌آید («به انگلیسی»، «نسخهٔ انگلیسی»، «متن انگلیسی»):
## با نام language در language-current، language-read-in، language-missing، translation-missing-body؛
## با نام shown در translation-missing-body و translation-missing-badge؛ با نام source در translation-stale-body و translation-see-original.
language-name-en = انگلیسی
language-name-sv = سوئدی
language-name-fa = فارسی
language-own-en = English
language-own-sv = Svenska
language-own-fa = فارسی

## پیمایش
skip-to-content = پرش به محتوا
skip-to-search = پرش به جست‌وجو
nav-main-label = منوی اصلی
nav-open = باز کردن منو
nav-close = بستن منو
nav-home = خانه
nav-guides = راهنماها
nav-checklists = چک‌لیست‌ها
nav-paths = مسیرهای یادگیری
nav-glossary = واژه‌نامه
nav-tags = برچسب‌ها
nav-about = دربارهٔ این سایت
breadcrumbs-label = شما اینجا هستید
toc-label = فهرست مطالب
toc-title = در این صفحه
page-previous = قبلی
page-next = بعدی
page-previous-title = قبلی: { $title }
page-next-title = بعدی: { $title }
pager-label = راهنمای قبلی و بعدی
back-to-top = بازگشت به بالا
related-title = در ادامه بخوانید
in-this-section = در این بخش
heading-link = پیوند به بخش «{ $heading }»
opens-new-tab = (در زبانهٔ تازه باز می‌شود)

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
translation-stale-badge = شاید به‌روز نباشد
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
copy-link = کپی کردن پیوند
copy-link-done = پیوند کپی شد
copy-link-failed = پیوند کپی نشد. خودتان آن را انتخاب و کپی کنید.
figure-label = شکل { $number }
table-label = جدول { $number }
note-label = توجه
tip-label = نکته
warning-label = هشدار
example-label = مثال
show-more = نمایش بیشتر
show-less = نمایش کمتر

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
checklist-remaining = { $count ->
    [0] چیزی باقی نمانده است
    [one] { $count } مورد باقی مانده است
   *[other] { $count } مورد باقی مانده است
}
checklist-complete = همهٔ موارد انجام شده است
checklist-progress-overall = { $lists ->
    [0] بدون چک‌لیست
    [one] { $percent } از { $lists } چک‌لیست انجام شده است
   *[other] { $percent } از { $lists } چک‌لیست انجام شده است
}
checklist-saved-here = علامت‌های شما فقط در همین مرورگر ذخیره می‌شود.
checklist-not-saved = مرورگر شما به این سایت اجازهٔ ذخیره نمی‌دهد. با بستن صفحه، علامت‌ها از بین می‌رود.
checklist-needs-script = بدون جاوااسکریپت می‌توانید چک‌لیست را چاپ کنید و روی کاغذ علامت بزنید.
checklist-item-link = پیوند به این مورد
checklist-item-only-original = این مورد هنوز ترجمه نشده است
checklist-reset = پاک کردن علامت‌های چک‌لیست
checklist-reset-confirm = { $count ->
    [0] در این چک‌لیست علامتی برای پاک کردن نیست.
    [one] { $count } علامت از این چک‌لیست پاک شود؟ این کار برگشت‌پذیر نیست.
   *[other] { $count } علامت از این چک‌لیست پاک شود؟ این کار برگشت‌پذیر نیست.
}
checklist-reset-done = علامت‌های چک‌لیست پاک شد
checklist-reset-all = پاک کردن علامت‌های همهٔ چک‌لیست‌ها
checklist-print = چاپ چک‌لیست
progress-export = ذخیرهٔ پیشرفت در فایل
progress-export-done = پیشرفت در { $filename } ذخیره شد
progress-import = بازیابی پیشرفت از فایل
progress-import-choose = فایلی را که پیشرفت در آن ذخیره شده است انتخاب کنید
progress-import-merge = افزودن به علامت‌های خودم
progress-import-replace = گذاشتن به جای علامت‌های خودم
progress-import-done = { $count ->
    [0] در فایل علامتی نبود
    [one] { $count } علامت بازیابی شد
   *[other] { $count } علامت بازیابی شد
}
progress-import-skipped = { $count ->
    [0] همهٔ موردهای فایل شناخته شد
    [one] { $count } مورد ناشناخته نگه داشته شد، ولی نمایش داده نمی‌شود
   *[other] { $count } مورد ناشناخته نگه داشته شد، ولی نمایش داده نمی‌شود
}
progress-import-invalid = فایل خوانده نشد. فایلی را انتخاب کنید که از همین سایت ذخیره شده باشد.
cancel = انصراف
confirm = بله، ادامه می‌دهم

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
not-found-search = جست‌وجو در سایت
