package org.obverse.cli.report;

import java.util.ArrayList;
import java.util.List;

/** The whole report as one file that refers to nothing outside it. */
final class Page {
    private final ReportedStudy study;

    Page(ReportedStudy study) {
        this.study = study;
    }

    /** A part of the report; one without content is left out. */
    private record Section(String id, String title, List<Tag> content) {}

    String html() {
        OverviewSection overview = new OverviewSection(study);
        List<Section> sections = sections(overview).stream()
                .filter(section -> !section.content().isEmpty())
                .toList();
        Tag body = Tag.of("body").add(header(overview, sections));
        Tag main = Tag.of("main")
                .addAll(overview.unfinished())
                .addAll(overview.duplicates())
                .addAll(overview.strangers())
                .addAll(overview.standing());
        for (Section section : sections) {
            main.add(Tag.of("section")
                    .with("id", section.id())
                    .add(Tag.of("h2").text(section.title()))
                    .addAll(section.content()));
        }
        body.add(main);
        return "<!DOCTYPE html>\n"
                + Tag.of("html").with("lang", "en").add(head(), body).html();
    }

    private List<Section> sections(OverviewSection overview) {
        CurvesSection curves = new CurvesSection(study);
        DetailsSection details = new DetailsSection(study);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("results", "Results", new ResultsSection(study).tags()));
        sections.add(new Section("reconstructions", "Reconstructions", new GallerySection(study).tags()));
        sections.add(new Section("pictures", "Pictures", PicturesSection.of(study)));
        sections.add(new Section("steps", "Over the steps", curves.attack()));
        sections.add(new Section("training", "Training", curves.training()));
        sections.add(new Section("run", "What was run", overview.facts()));
        sections.add(new Section("queries", "Queries to the target", details.queries()));
        sections.add(new Section("memory", "Short of memory", details.halved()));
        sections.add(new Section("classes", "Per class", details.perClass()));
        sections.add(
                new Section("plan", study.cells().size() == 1 ? "Resolved plan" : "Resolved plans", details.plans()));
        sections.add(new Section("code", "Code", details.code()));
        return sections;
    }

    private Tag head() {
        return Tag.of("head")
                .add(
                        Tag.of("meta").with("charset", "utf-8"),
                        Tag.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                        Tag.of("meta").with("name", "color-scheme").with("content", "light dark"),
                        Tag.of("title").text(study.name() + " – Obverse"),
                        Tag.verbatim("style", Style.read("report.css")));
    }

    private Tag header(OverviewSection overview, List<Section> sections) {
        Tag links = Tag.of("nav");
        sections.forEach(section ->
                links.add(Tag.of("a").with("href", "#" + section.id()).text(section.title())));
        return Tag.of("header")
                .add(
                        Tag.of("p", "kicker").text("Obverse"),
                        Tag.of("h1").text(study.name()),
                        Tag.of("p", "lead").text(overview.sentence() + "."),
                        links);
    }
}
