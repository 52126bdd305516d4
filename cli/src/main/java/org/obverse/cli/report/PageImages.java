package org.obverse.cli.report;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.obverse.cli.report.picture.Canvas;
import org.obverse.engine.artifact.Sha256;

/** Where the pictures of a page are: in it, or in files of a folder beside it, each named after its content. */
final class PageImages {
    /** Of the files. */
    static final String FOLDER = "report-pictures";

    private final boolean areBeside;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private PageImages(boolean areBeside) {
        this.areBeside = areBeside;
    }

    static PageImages within() {
        return new PageImages(false);
    }

    static PageImages beside() {
        return new PageImages(true);
    }

    boolean areBeside() {
        return areBeside;
    }

    /** What an image's {@code src} says. */
    String source(Canvas canvas) {
        byte[] png = canvas.png();
        if (!areBeside) {
            return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
        }
        String name = Sha256.of(png).substring(0, 20) + ".png";
        files.put(name, png);
        return FOLDER + "/" + name;
    }

    /** By name, the files that the page so far names. */
    Map<String, byte[]> files() {
        return Map.copyOf(files);
    }
}
