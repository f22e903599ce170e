package dev.stacked.runtime.app.internal.admin;

/** Template of the admin server's HTML pages. They load no other resources. */
final class Html {
    /** The content type of a page. */
    static final String TYPE = "text/html; charset=utf-8";

    private static final String HEAD = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%s</title>
            <style>
            body { font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color-scheme: light dark }
            table { border-collapse: collapse }
            th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884 }
            td { max-width: 30rem; overflow-wrap: anywhere }
            </style>
            """;

    private Html() {}

    /** A page with one table. */
    static String page(String title, String heading, String rows) {
        return HEAD.formatted(title) + "<h1>" + heading + "</h1>\n<table>\n" + rows + "</table>\n</html>\n";
    }

    /** Escapes a text for an element or a quoted attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
