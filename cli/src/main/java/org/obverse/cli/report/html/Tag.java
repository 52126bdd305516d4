package org.obverse.cli.report.html;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.obverse.cli.progress.Printable;

/**
 * An element of HTML or SVG under construction. Text and attribute values are escaped on their way in; control characters, which no
 * page may have, are shown by number.
 */
public final class Tag {
    /** From so many characters on content is moved into the element around it, not copied, or a page would be there once for every level. */
    private static final int LARGE = 1 << 14;

    private final String name;
    private final StringBuilder attributes = new StringBuilder();
    private final List<String> parts = new ArrayList<>();
    /** Behind the parts. */
    private final StringBuilder content = new StringBuilder();

    private Tag(String name) {
        this.name = name;
    }

    public static Tag of(String name) {
        return new Tag(name);
    }

    /**
     * @param style one or more classes of the style sheet
     */
    public static Tag of(String name, String style) {
        return new Tag(name).with("class", style);
    }

    /** An element whose content is taken as it is: for our own style sheets and scripts, never for what a run left. */
    public static Tag verbatim(String name, String content) {
        Tag tag = new Tag(name);
        tag.content.append(content);
        return tag;
    }

    @CanIgnoreReturnValue
    public Tag with(String attribute, String value) {
        attributes
                .append(' ')
                .append(attribute)
                .append("=\"")
                .append(escaped(value))
                .append('"');
        return this;
    }

    @CanIgnoreReturnValue
    public Tag text(String text) {
        content.append(escaped(text));
        return this;
    }

    @CanIgnoreReturnValue
    public Tag add(Tag... children) {
        return addAll(List.of(children));
    }

    @CanIgnoreReturnValue
    public Tag addAll(Iterable<Tag> children) {
        children.forEach(this::append);
        return this;
    }

    private void append(Tag child) {
        content.append('<').append(child.name).append(child.attributes).append('>');
        if (List.of("meta", "img", "input").contains(child.name)) {
            return;
        }
        if (child.parts.isEmpty() && child.content.length() < LARGE) {
            content.append(child.content);
        } else {
            endPart();
            parts.addAll(child.parts);
            parts.add(child.content.toString());
        }
        content.append("</").append(child.name).append(">\n");
    }

    private void endPart() {
        parts.add(content.toString());
        content.setLength(0);
        content.trimToSize();
    }

    /** The cells of a table that a head is of. */
    public enum Scope {
        COL,
        COLGROUP,
        ROW,
        ROWGROUP
    }

    /** A head of a table. */
    public static Tag head(Scope scope) {
        return of("th").with("scope", scope.name().toLowerCase(Locale.ROOT));
    }

    /**
     * A head of a table.
     *
     * @param style one or more classes of the style sheet
     */
    public static Tag head(Scope scope, String style) {
        return of("th", style).with("scope", scope.name().toLowerCase(Locale.ROOT));
    }

    /**
     * A table, which scrolls for itself.
     *
     * @param style a class of the style sheet
     * @param caption what is in it, for those who do not see the heading above it; it is not shown
     * @param parts its heads and bodies
     */
    public static Tag table(String style, String caption, Tag... parts) {
        return scroll(of("table", style).add(of("caption").text(caption)).add(parts));
    }

    /** Whatever may be wider than the page, and scrolls for itself. */
    public static Tag scroll(Tag content) {
        return of("div", "scroll").with("tabindex", "0").add(content);
    }

    /** What is shown when its title is asked for. */
    public static Tag collapsed(String title, Tag... content) {
        return of("details").add(of("summary").text(title)).add(content);
    }

    public String html() {
        Tag whole = new Tag("");
        whole.append(this);
        whole.endPart();
        return String.join("", whole.parts);
    }

    private static String escaped(String text) {
        return Printable.lines(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
