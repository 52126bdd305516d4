package org.obverse.cli.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.obverse.cli.report.html.Resource;
import org.obverse.cli.report.html.Tag;

/** What a picture for papers consists of. */
final class Svg {
    private final List<Tag> tags = new ArrayList<>();

    void add(Tag tag) {
        tags.add(tag);
    }

    /**
     * A file that needs no other, shown at twice its size.
     *
     * @param words for those who do not see it
     */
    String file(double width, double height, String words) {
        Tag svg = Tag.of("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + number(width) + " " + number(height))
                .with("width", number(2 * width))
                .with("height", number(2 * height))
                .with("role", "img")
                .with("aria-label", words)
                .add(Tag.verbatim("style", Resource.read(Svg.class, "svg.css")))
                .addAll(tags);
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + svg.html();
    }

    static Tag line(double x1, double y1, double x2, double y2) {
        return Tag.of("line")
                .with("x1", number(x1))
                .with("y1", number(y1))
                .with("x2", number(x2))
                .with("y2", number(y2));
    }

    static Tag dot(double x, double y, String radius, String style) {
        return Tag.of("circle", style)
                .with("cx", number(x))
                .with("cy", number(y))
                .with("r", radius);
    }

    static Tag words(double x, double y, String style, String anchor) {
        return Tag.of("text", style).with("x", number(x)).with("y", number(y)).with("text-anchor", anchor);
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
