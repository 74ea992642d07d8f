### منو
menu = منو
menu-more = بیشتر
nav-quick = میان‌بُرها
close = بستن
feed = دنبال کردن با خوراک (Atom)

## پیشنهاد صفحه به زبان خواننده. همیشه به همان زبان نمایش داده می‌شود.
language-suggest = این صفحه به فارسی هم هست.
language-suggest-dismiss = نه، ممنون

## اطلاعات صفحه
published = انتشار: { $date }
minutes-short = { $minutes } دقیقه
translation-stale-body-undated = متن اصلی ({ $source }) به‌روز شده است. آن تغییرها هنوز به این ترجمه نرسیده است.

## مسیرهای یادگیری
path-print = چاپ کل مسیر
path-back = بازگشت به مسیر

## واژه‌نامه
term-in-glossary = دیدن در واژه‌نامه
glossary-letters = حرف‌ها

## برنامهٔ من
plan-more = ذخیره، هم‌رسانی و بازیابی
plan-sections = بخش‌های برنامه
