## آنچه خود متن می‌گوید: یادداشت‌ها، پانویس‌ها، جدول‌ها.
important-label = مهم
caution-label = مراقب باشید
footnote-label = پانویس { $number }
footnote-back = بازگشت به متن، پانویس { $number }
footnotes-title = پانویس‌ها
table-scroll-label = جدول
translation-stale-section = متن اصلی این بخش پس از ترجمه تغییر کرده است
