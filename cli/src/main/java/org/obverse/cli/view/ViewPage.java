package org.obverse.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.obverse.engine.artifact.Sha256;

/** The page itself: one file, whose style and script a browser accepts by their hashes and which may ask nobody but its server. */
final class ViewPage {
    private static final String FILE = "view.html";

    private final String html = read();

    byte[] bytes() {
        return html.getBytes(StandardCharsets.UTF_8);
    }

    /** The content security policy that goes with it. */
    String policy() {
        return "default-src 'none'; style-src " + hash("style") + "; script-src " + hash("script")
                + "; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private String hash(String element) {
        String start = "<" + element + ">";
        int from = html.indexOf(start) + start.length();
        String content = html.substring(from, html.indexOf("</" + element + ">", from));
        byte[] digest = Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }

    private static String read() {
        try (InputStream in = ViewPage.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing beside " + ViewPage.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }
}
