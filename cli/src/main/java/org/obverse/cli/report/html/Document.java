package org.obverse.cli.report.html;

import java.util.List;

/**
 * A page that refers to nothing outside it, but for pictures that its sections may have beside it.
 *
 * @param lead one or two sentences below the title
 * @param top what comes before all sections
 * @param sections those without content are left out
 * @param scripts what its charts need, at the end of the page
 */
public record Document(String title, String lead, List<Tag> top, List<Section> sections, List<Tag> scripts) {
    public Document {
        top = List.copyOf(top);
        scripts = List.copyOf(scripts);
        sections = sections.stream()
                .filter(section -> !section.content().isEmpty())
                .toList();
    }

    /** A part of the page, which can be linked to. */
    public record Section(String id, String title, List<Tag> content) {
        public Section {
            content = List.copyOf(content);
        }
    }

    public String html() {
        Tag main = Tag.of("main").addAll(top);
        for (Section section : sections) {
            main.add(Tag.of("section")
                    .with("id", section.id())
                    .add(Tag.of("h2").text(section.title()))
                    .addAll(section.content()));
        }
        Tag body = Tag.of("body").add(header(), main).addAll(scripts);
        return "<!DOCTYPE html>\n"
                + Tag.of("html").with("lang", "en").add(head(), body).html();
    }

    private Tag head() {
        return Tag.of("head")
                .add(
                        Tag.of("meta").with("charset", "utf-8"),
                        Tag.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                        Tag.of("meta").with("name", "color-scheme").with("content", "light dark"),
                        Tag.of("title").text(title + " – Obverse"),
                        Tag.verbatim("style", Resource.read(Document.class, "report.css")));
    }

    private Tag header() {
        Tag links = Tag.of("nav").with("aria-label", "Sections");
        sections.forEach(section ->
                links.add(Tag.of("a").with("href", "#" + section.id()).text(section.title())));
        return Tag.of("header")
                .add(
                        Tag.of("p", "kicker").text("Obverse"),
                        Tag.of("h1").text(title),
                        Tag.of("p", "lead").text(lead),
                        links);
    }
}
